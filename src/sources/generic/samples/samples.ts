import { type SamplePayload, type Scene, samplesBy } from '../../../model/plugin/samples.ts';
import { createFieldSetter } from '../../../shared/field-setter.ts';

type Json = Readonly<Record<string, unknown>>;

/** What a sender of one's own might say, for the nth sample. */
const DATA: ReadonlyMap<string, (n: number) => Json> = new Map<string, (n: number) => Json>([
  [
    'order.created',
    (n) => ({
      number: 1001 + n,
      title: 'Three red apples',
      total: `${12 + (n % 50)}.50`,
      currency: 'EUR',
      url: `https://shop.example.com/orders/${1001 + n}`,
    }),
  ],
  [
    'backup.failed',
    (n) => ({
      name: `Nightly backup of db-${1 + (n % 9)}`,
      error_message: 'No space left on device',
      url: `https://ops.example.com/backups/${4711 + n}`,
    }),
  ],
  ['certificate.expiring', (n) => ({ name: `shop-${1 + n}.example.com`, status: 'expires in 7 days' })],
]);

export const SAMPLES = samplesBy(
  DATA.keys(),
  sample,
  createFieldSetter(() => null, 'data.title'),
);

function sample(name: string, { n, now }: Scene): SamplePayload | undefined {
  const data = DATA.get(name)?.(n);
  if (data === undefined) return undefined;
  return { type: name, payload: { id: `evt_${now}_${n}`, type: name, created_at: new Date(now).toISOString(), data } };
}
