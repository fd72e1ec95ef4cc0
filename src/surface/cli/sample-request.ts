import { newGuid } from '../../shared/ids.ts';
import { suggest } from '../../shared/suggest.ts';
import type { LoadedApp, Samples } from './app-port.ts';
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

/** @throws CliError, exit code 2, naming the nearest sample */
export function checkName(name: string, samples: Samples): void {
  const names = samples.names();
  if (names.includes(name)) return;
  const meant = suggest(name, names);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  throw new CliError(EXIT.usage, `There is no sample "${name}".${hint}\n\nSamples:\n${listed(names)}`);
}

/** One signed request as the provider would send it. @throws CliError, exit code 2 */
export function sampleRequest(app: LoadedApp, samples: Samples, wanted: Wanted, n: number, now: number): SampleRequest {
  const sample = samples.make(wanted.name, n, now);
  if (sample === undefined) throw new CliError(EXIT.usage, `There is no sample "${wanted.name}".`);
  const changed = samples.set(sample.payload, wanted.set);
  if (!changed.ok) throw new CliError(EXIT.usage, changed.problem);
  const guid = newGuid();
  const body = Buffer.from(JSON.stringify(changed.payload));
  const signed = app.sign({ source: wanted.source, type: sample.type, guid, body, secretEnv: wanted.secretEnv });
  if (!signed.ok) throw new CliError(EXIT.usage, signed.problem);
  return { guid, headers: signed.headers, body };
}

function listed(names: readonly string[]): string {
  const groups = Map.groupBy(names, (name) => name.split('.')[0] ?? name);
  return [...groups.values()].map((group) => `  ${group.join('  ')}`).join('\n');
}
