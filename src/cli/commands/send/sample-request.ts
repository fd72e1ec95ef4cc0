import { newGuid } from '../../../shared/ids.ts';
import { CliError, EXIT } from '../../cli-error.ts';
import type { ChosenSample } from './sample-source.ts';
import { signed } from './sign.ts';

export interface SampleRequest {
  readonly guid: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Wanted extends ChosenSample {
  /** `path=value` assignments. */
  readonly set: readonly string[];
  /** The name of the environment variable that holds the secret. Null: the source's own first secret. */
  readonly secretEnv: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Sample numbers cycle through this many, so that issue and pull request numbers stay of a natural size. */
const VARIETY = 9_973;

/** Where a run's sample numbers begin: two runs differ, since equal bodies would look like a replay. */
export function firstSampleNo(now: number): number {
  return now % VARIETY;
}

/** One signed request as the provider would send it. @throws CliError, exit code 2 */
export async function sampleRequest(wanted: Wanted, n: number, now: number): Promise<SampleRequest> {
  const { name, samples, set } = wanted;
  const sample = samples.make(name, n, now);
  if (sample === undefined) throw new CliError(EXIT.usage, `There is no sample "${name}".`);
  const changed = samples.set(sample.payload, set);
  if (!changed.ok) throw new CliError(EXIT.usage, changed.problem);
  const guid = newGuid();
  const body = Buffer.from(JSON.stringify(changed.payload));
  return { guid, headers: await signed({ type: sample.type, guid, body, now }, wanted), body };
}
