import type { Answer } from '../../accept/answers.ts';
import type { SourceConfig } from '../../config/config.ts';
import { webhookPath } from '../../config/describe/place-words.ts';
import type { SampleSent } from '../../http/api/answers/setup.ts';
import type { Provider } from '../../model/plugin/provider.ts';
import type { Samples } from '../../model/plugin/samples.ts';
import { noSample } from '../no-sample.ts';
import { firstSampleNo, signedSample } from '../sample/signed-sample.ts';
import { providerOf } from '../sources.ts';
import type { SystemParts } from './system-parts.ts';

type SampleParts = Pick<SystemParts, 'config' | 'accept' | 'clock'>;

/** A source for which samples can be signed. */
export interface SampleSource {
  readonly source: SourceConfig;
  readonly provider: Provider<unknown>;
  readonly samples: Samples;
  /** The one to try first. */
  readonly first: string;
}

/** The first source that there are samples for. Null: there is none. */
export async function sampleSource({ config }: Pick<SystemParts, 'config'>): Promise<SampleSource | null> {
  for (const source of config().sources) {
    const provider = await providerOf(source);
    const samples = provider.sign === undefined || source.secrets.length === 0 ? undefined : await provider.samples?.();
    const first = provider.firstSample ?? samples?.names()[0];
    if (samples !== undefined && first !== undefined) return { source, provider, samples, first };
  }
  return null;
}

/** A signed sample through this process's own front door, so that it is verified, stored and told as any. */
export async function sendSample(name: string | null, parts: SampleParts): Promise<SampleSent> {
  const chosen = await sampleSource(parts);
  if (chosen === null) return { event_id: null, says: 'There is no sample for any source here.' };
  const { source, samples, first } = chosen;
  const now = parts.clock.now();
  const wanted = name ?? first;
  const made = samples.make(wanted, firstSampleNo(now), now);
  if (made === undefined) return { event_id: null, says: `Nothing was sent: ${noSample(wanted, samples.names()).why}` };
  const [secret] = source.secrets;
  if (secret === undefined) throw new Error('a source for samples has a secret');
  const path = webhookPath(source.name);
  const calledUrl = `${parts.config().publicUrl ?? ''}${path}`;
  const { headers, body } = await signedSample(made, { ...chosen, secret, calledUrl }, now);
  const lowerCased = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]));
  const answer = await parts.accept.handleWhole({ url: path, headers: lowerCased, from: undefined, body });
  return answered(answer, wanted);
}

function answered(answer: Answer | null, name: string): SampleSent {
  const said = parsed(answer?.body ?? '');
  if (answer === null || answer.status >= 300) {
    const why = said.error?.message ?? (answer === null ? 'it is not listened to' : `answered ${answer.status}`);
    return { event_id: null, says: `${name} was not taken: ${why}` };
  }
  const id = typeof said.id === 'number' ? said.id : null;
  return { event_id: id, says: `${name} was sent, verified and stored${id === null ? '' : ` as event ${id}`}.` };
}

function parsed(body: string): { readonly id?: unknown; readonly error?: { readonly message?: string } } {
  try {
    return JSON.parse(body) as ReturnType<typeof parsed>;
  } catch {
    // A provider's own words.
    return {};
  }
}
