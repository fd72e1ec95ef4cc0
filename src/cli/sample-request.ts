import type { Samples } from '../model/samples.ts';
import type { LoadedApp } from '../run/app-port.ts';
import { noSample } from '../run/no-sample.ts';
import { newGuid } from '../shared/ids.ts';
import { CliError, EXIT } from './cli-error.ts';

export interface SampleRequest {
  readonly guid: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Wanted {
  readonly name: string;
  readonly source: string;
  /** `path=value` assignments. */
  readonly set: readonly string[];
  readonly secretEnv: string | null;
}

/** Sample numbers cycle through this many, so that issue and pull request numbers stay of a natural size. */
const VARIETY = 9_973;

/** Where a run's sample numbers begin: two runs differ, since equal bodies would look like a replay. */
export function firstSampleNo(now: number): number {
  return now % VARIETY;
}

/** @throws CliError, exit code 2, naming the nearest sample, or all */
export function checkName(name: string | undefined, samples: Samples): string {
  const names = samples.names();
  if (name === undefined) throw new CliError(EXIT.usage, `Which sample shall be sent?\n\nSamples:\n${listed(names)}`);
  if (names.includes(name)) return name;
  const { why, isKnown } = noSample(name, names);
  const list = isKnown ? '' : `\n\nSamples:\n${listed(names)}`;
  throw new CliError(EXIT.usage, `${why.charAt(0).toUpperCase()}${why.slice(1)}${list}`);
}

/** One signed request as the provider would send it. @throws CliError, exit code 2 */
export async function sampleRequest(
  app: LoadedApp,
  samples: Samples,
  wanted: Wanted,
  n: number,
  now: number,
): Promise<SampleRequest> {
  const sample = samples.make(wanted.name, n, now);
  if (sample === undefined) throw new CliError(EXIT.usage, `There is no sample "${wanted.name}".`);
  const changed = samples.set(sample.payload, wanted.set);
  if (!changed.ok) throw new CliError(EXIT.usage, changed.problem);
  const guid = newGuid();
  const body = Buffer.from(JSON.stringify(changed.payload));
  const signed = await app.sign({ source: wanted.source, type: sample.type, guid, body, secretEnv: wanted.secretEnv });
  if (!signed.ok) throw new CliError(EXIT.usage, signed.problem);
  return { guid, headers: signed.headers, body };
}

function listed(names: readonly string[]): string {
  const groups = Map.groupBy(names, (name) => name.split('.')[0] ?? name);
  return [...groups.values()].map((group) => `  ${group.join('  ')}`).join('\n');
}
