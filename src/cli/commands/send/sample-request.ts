import { isVariableName } from '../../../config/read/secret-variables.ts';
import type { Unsigned } from '../../../model/plugin/provider.ts';
import { newGuid } from '../../../shared/ids.ts';
import { Secret } from '../../../shared/secret.ts';
import { CliError, EXIT } from '../../cli-error.ts';
import type { ChosenSample } from './sample-source.ts';

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
  /** As the provider would call the source. The path alone where no public URL is known. */
  readonly calledUrl: string;
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
  const body = samples.written?.(changed.payload) ?? Buffer.from(JSON.stringify(changed.payload));
  const delivery = { type: sample.type, guid, url: wanted.calledUrl, body, now };
  return { guid, headers: await signed(delivery, wanted), body };
}

/** The headers that the provider would send with it. @throws CliError, exit code 2 */
async function signed(
  delivery: Unsigned,
  { source, provider, secretEnv, env }: Wanted,
): Promise<Readonly<Record<string, string>>> {
  const given = secretEnv === null ? undefined : env[secretEnv];
  if (secretEnv !== null && !given) throw new CliError(EXIT.usage, `${shownName(secretEnv)} is not set.`);
  const secret = given ? new Secret(given) : source.secrets[0];
  if (secret === undefined) {
    const { variable } = provider.secret;
    throw new CliError(EXIT.usage, `There is no secret yet: \`start\` generates one, or set ${variable}.`);
  }
  if (provider.sign === undefined)
    throw new CliError(EXIT.usage, `Nothing can be signed as ${provider.title} does it.`);
  try {
    return await provider.sign(delivery, secret, source.settings);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CliError(EXIT.usage, `No sample can be signed for ${source.name}. ${why}`, { cause: error });
  }
}

/** Some give the secret where its name is asked for. */
function shownName(name: string): string {
  return isVariableName(name) ? name : 'the variable that --secret-env names (its name, not the secret itself)';
}
