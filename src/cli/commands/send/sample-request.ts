import { isVariableName } from '../../../config/read/secret-variables.ts';
import { type SampleRequest, signedSample } from '../../../run/sample/signed-sample.ts';
import { Secret } from '../../../shared/secret.ts';
import { CliError, EXIT } from '../../cli-error.ts';
import type { ChosenSample } from './sample-source.ts';

export interface Wanted extends ChosenSample {
  /** `path=value` assignments. */
  readonly set: readonly string[];
  /** The name of the environment variable that holds the secret. Null: the source's own first secret. */
  readonly secretEnv: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As the provider would call the source. The path alone where no public URL is known. */
  readonly calledUrl: string;
}

/** One signed request as the provider would send it. @throws CliError, exit code 2 */
export async function sampleRequest(wanted: Wanted, n: number, now: number): Promise<SampleRequest> {
  const { name, samples, set, source, provider } = wanted;
  const sample = samples.make(name, n, now);
  if (sample === undefined) throw new CliError(EXIT.usage, `There is no sample "${name}".`);
  const changed = samples.set(sample.payload, set);
  if (!changed.ok) throw new CliError(EXIT.usage, changed.problem);
  const secret = secretOf(wanted);
  if (provider.sign === undefined)
    throw new CliError(EXIT.usage, `Nothing can be signed as ${provider.title} does it.`);
  try {
    return await signedSample({ ...sample, payload: changed.payload }, { ...wanted, secret }, now);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CliError(EXIT.usage, `No sample can be signed for ${source.name}. ${why}`, { cause: error });
  }
}

/** @throws CliError, exit code 2 */
function secretOf({ source, provider, secretEnv, env }: Wanted): Secret {
  const given = secretEnv === null ? undefined : env[secretEnv];
  if (secretEnv !== null && !given) throw new CliError(EXIT.usage, `${shownName(secretEnv)} is not set.`);
  const secret = given ? new Secret(given) : source.secrets[0];
  if (secret !== undefined) return secret;
  const { variable } = provider.secret;
  throw new CliError(EXIT.usage, `There is no secret yet: \`start\` generates one, or set ${variable}.`);
}

/** Some give the secret where its name is asked for. */
function shownName(name: string): string {
  return isVariableName(name) ? name : 'the variable that --secret-env names (its name, not the secret itself)';
}
