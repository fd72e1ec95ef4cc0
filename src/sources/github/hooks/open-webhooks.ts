import type { AskingProvider } from '../../../model/plugin/provider.ts';
import type { HookOwner } from '../../../model/recovery.ts';
import type { Clock } from '../../../shared/clock.ts';
import { foundToken } from '../api/found-token.ts';
import type { GithubSettings } from '../settings.ts';
import type { OpenWebhooks } from './webhooks.ts';
import { createWebhooks } from './webhooks-api.ts';

/** The webhooks of one owner at GitHub. Null: there is no token to ask with. */
export async function openWebhooks(
  settings: GithubSettings,
  owner: HookOwner,
  { env, version, clock }: AskingProvider,
): Promise<OpenWebhooks | null> {
  const found = await foundToken(settings, env);
  if (found === null) return null;
  const { token, from } = found;
  const tokenName = from === 'GITHUB_TOKEN' ? from : 'the token of `gh auth token`';
  const client = { token, tokenName, apiUrl: settings.api_url, version, clock: patient(clock) };
  return { webhooks: createWebhooks(client, owner), tokenFrom: from };
}

/** While GitHub's rate limit is waited for nothing else may keep the process running. */
function patient(clock: Clock): Clock {
  return {
    ...clock,
    after(ms, fire) {
      const timer = setTimeout(fire, ms);
      return () => clearTimeout(timer);
    },
  };
}
