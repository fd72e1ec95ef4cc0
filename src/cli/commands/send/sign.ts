import { isVariableName } from '../../../config/read/secret-variables.ts';
import type { Unsigned } from '../../../model/plugin/provider.ts';
import { Secret } from '../../../shared/secret.ts';
import { CliError, EXIT } from '../../cli-error.ts';
import type { Wanted } from './sample-request.ts';

/** The headers that the provider would send with it. @throws CliError, exit code 2 */
export async function signed(
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
  return provider.sign(delivery, secret);
}

/** Some give the secret where its name is asked for. */
function shownName(name: string): string {
  return isVariableName(name) ? name : 'the variable that --secret-env names (its name, not the secret itself)';
}
