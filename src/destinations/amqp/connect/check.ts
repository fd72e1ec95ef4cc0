import { type Finding, ok } from '../../../model/plugin/finding.ts';
import type { Asking } from '../../../model/plugin/plugin.ts';
import { notSeen } from '../../looked.ts';
import type { AmqpSettings } from '../settings.ts';
import { lookAt } from './look.ts';

/** Asks the broker for queue or exchange, and sends nothing. That a queue is bound to an exchange shows only when something is sent. */
export async function check(name: string, settings: AmqpSettings, { signal }: Asking): Promise<readonly Finding[]> {
  const { queue, exchange = '' } = settings;
  const what = `broker of ${name}`;
  const seen = await lookAt(settings, signal);
  const there = queue === undefined ? `exchange ${exchange}` : `queue ${queue}`;
  if (seen.ok) return [ok(what, `${seen.place} has ${there}; nothing was sent`)];
  return [
    notSeen(what, seen, {
      mend: 'Mend that: messages wait until then.',
      wait: 'Messages wait until it can be reached. Check the address, and the network of this machine.',
    }),
  ];
}
