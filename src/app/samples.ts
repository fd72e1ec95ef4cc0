import { Secret } from '../shared/secret.ts';
import { applySet } from '../sources/github/samples/apply-set.ts';
import { sample, sampleNames } from '../sources/github/samples/sample.ts';
import { signedHeaders } from '../sources/github/sign.ts';
import type { SampleDelivery, Samples, Signed } from '../surface/cli/app-port.ts';
import type { Config } from '../surface/config/config.ts';
import type { Env } from '../surface/config/process-env.ts';

export const samples: Samples = {
  names: sampleNames,
  make: (name, n, now) => sample(name, { n, now }),
  set(payload, assignments) {
    const changed = structuredClone(payload);
    try {
      for (const assignment of assignments) applySet(changed, assignment);
      return { ok: true, payload: changed };
    } catch (error) {
      return { ok: false, problem: error instanceof Error ? error.message : String(error) };
    }
  },
};

export function sign({ source, secretEnv, ...delivery }: SampleDelivery, config: Config, env: Env): Signed {
  const configured = config.sources.find(({ name }) => name === source);
  if (configured === undefined) {
    return {
      ok: false,
      problem: `There is no source "${source}": ${config.sources.map(({ name }) => name).join(', ')}.`,
    };
  }
  const given = secretEnv === null ? undefined : env[secretEnv];
  if (secretEnv !== null && !given) return { ok: false, problem: `${secretEnv} is not set.` };
  const secret = given ? new Secret(given) : configured.secrets[0];
  if (secret === undefined) {
    return { ok: false, problem: 'There is no secret yet: `start` generates one, or set GITHUB_WEBHOOK_SECRET.' };
  }
  return { ok: true, headers: signedHeaders(delivery, secret) };
}
