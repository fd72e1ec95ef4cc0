import type { Config } from '../config/config.ts';
import type { Env } from '../config/read/process-env.ts';
import { isVariableName } from '../config/read/secret-variables.ts';
import { systemClock } from '../shared/clock.ts';
import { Secret } from '../shared/secret.ts';
import type { SampleDelivery, Signed } from './app-port.ts';
import { providerOf } from './sources.ts';

export async function sign(
  { source, secretEnv, ...delivery }: SampleDelivery,
  config: Config,
  env: Env,
): Promise<Signed> {
  const configured = config.sources.find(({ name }) => name === source);
  if (configured === undefined) {
    return {
      ok: false,
      problem: `There is no source "${source}": ${config.sources.map(({ name }) => name).join(', ')}.`,
    };
  }
  const provider = await providerOf(configured);
  const given = secretEnv === null ? undefined : env[secretEnv];
  if (secretEnv !== null && !given) return { ok: false, problem: `${shownName(secretEnv)} is not set.` };
  const secret = given ? new Secret(given) : configured.secrets[0];
  if (secret === undefined) {
    return {
      ok: false,
      problem: `There is no secret yet: \`start\` generates one, or set ${provider.secret.variable}.`,
    };
  }
  if (provider.sign === undefined)
    return { ok: false, problem: `Nothing can be signed as ${provider.title} signs it.` };
  return { ok: true, headers: await provider.sign({ ...delivery, now: systemClock.now() }, secret) };
}

/** Some give the secret where its name is asked for. */
function shownName(name: string): string {
  return isVariableName(name) ? name : 'the variable that --secret-env names (its name, not the secret itself)';
}
