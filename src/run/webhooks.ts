import type { Config } from '../config/config.ts';
import type { HookOwner } from '../model/recovery.ts';
import type { OpenWebhooks } from '../model/webhooks.ts';
import { type Clock, systemClock } from '../shared/clock.ts';
import { githubToken } from './github-token.ts';
import type { Surroundings } from './surroundings.ts';

/** While GitHub's rate limit is waited for nothing else may keep the process running. */
const PATIENT_CLOCK: Clock = {
  ...systemClock,
  after(ms, fire) {
    const timer = setTimeout(fire, ms);
    return () => clearTimeout(timer);
  },
};

/** The webhooks of one owner at GitHub. Null: there is no token to ask with. */
export async function openWebhooks(
  owner: HookOwner,
  config: Config,
  surroundings: Surroundings,
): Promise<OpenWebhooks | null> {
  const found = await githubToken(config, surroundings);
  if (found === null) return null;
  const { createWebhooks } = await import('../sources/github/api/webhooks.ts');
  const { token, from } = found;
  const tokenName = from === 'GITHUB_TOKEN' ? from : 'the token of `gh auth token`';
  const settings = { token, tokenName, apiUrl: config.githubApiUrl, version: surroundings.version };
  return { webhooks: createWebhooks({ ...settings, clock: PATIENT_CLOCK }, owner), tokenFrom: from };
}
