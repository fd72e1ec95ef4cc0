import type { AskingProvider } from '../../../model/plugin/provider.ts';
import type { SourceOf } from '../../../model/plugin/source-here.ts';
import type { Pointed, PointRequest } from '../../../model/tunnel.ts';
import type { GithubSettings } from '../settings.ts';
import { neededEvents } from './hook-events.ts';
import { eventsWith, sameAddress, settingFaults } from './hook-faults.ts';
import { openWebhooks } from './open-webhooks.ts';
import { type Webhook, WebhookError } from './webhooks.ts';

/** Whose addresses are another one at the next start. */
const TUNNEL_HOST = /(?:^|\.)(?:trycloudflare\.com|ngrok-free\.app|ngrok\.app|ngrok\.io|ngrok\.dev|smee\.io)$/;

/**
 * Makes the webhook that called `was` call `url` instead; without one, the only one that calls this source through a
 * tunnel; without that, a new one with the events that the rules need.
 * @throws Error with a sentence, most often a WebhookError; the signal's reason once it is aborted
 */
export async function pointHook(
  source: SourceOf<GithubSettings>,
  { owner, url, was, rules }: PointRequest,
  asking: AskingProvider & { readonly signal: AbortSignal },
): Promise<Pointed> {
  const { signal } = asking;
  const [secret] = source.secrets;
  if (secret === undefined) throw new WebhookError('refused', `The source ${source.name} has no secret yet.`);
  const opened = await openWebhooks(source.settings, owner, asking);
  if (opened === null) {
    throw new WebhookError(
      'not_allowed',
      'No token for GitHub: set GITHUB_TOKEN, or sign in with `gh auth login`. It takes the right to read and write webhooks.',
    );
  }
  const { webhooks } = opened;
  signal.throwIfAborted();
  const needed = neededEvents(rules, owner.kind).events;
  const hook = chosen(await webhooks.list(), { url, was, source: source.name });
  signal.throwIfAborted();
  if (hook === null) return { kind: 'created', hookId: (await webhooks.create({ url, secret, events: needed })).id };
  if (settingFaults(hook, { url, events: needed }).length === 0) return { kind: 'unchanged', hookId: hook.id };
  await webhooks.update(hook.id, { url, secret, events: eventsWith(hook, needed) });
  return { kind: 'moved', hookId: hook.id };
}

interface Choice {
  readonly url: string;
  readonly was: string | null;
  readonly source: string;
}

/** @throws WebhookError where several could be meant */
function chosen(hooks: readonly Webhook[], { url, was, source }: Choice): Webhook | null {
  const there = hooks.find((hook) => sameAddress(hook.url, url));
  const before = was === null ? undefined : hooks.find((hook) => sameAddress(hook.url, was));
  if (there !== undefined || before !== undefined) return there ?? before ?? null;
  const [only, ...more] = hooks.filter((hook) => isTunnelled(hook.url, source));
  if (more.length === 0) return only ?? null;
  const list = [only, ...more].map((hook) => `\n  ${hook?.id}  ${hook?.url}`).join('');
  throw new WebhookError(
    'refused',
    `Several webhooks call through a tunnel; remove at GitHub those that are left over:${list}`,
  );
}

/** smee.io gives a channel, the others a host. */
function isTunnelled(address: string, source: string): boolean {
  const url = URL.parse(address);
  if (url === null || !TUNNEL_HOST.test(url.hostname)) return false;
  return url.hostname === 'smee.io' || url.pathname.replace(/\/$/, '').endsWith(`/webhooks/${source}`);
}
