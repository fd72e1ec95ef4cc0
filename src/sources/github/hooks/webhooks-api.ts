import type { HookOwner } from '../../../model/recovery.ts';
import { numberOrNull, type Payload, read, textOrNull, timeOrNull } from '../../../shared/payload.ts';
import { type ClientSettings, createCalls, type GithubAnswer, readPages } from '../api/client.ts';
import { refusalWords } from '../api/refusal-words.ts';
import { root } from '../recover/recover-hooks.ts';
import { type DeliveryTry, type Webhook, WebhookError, type WebhookSettings, type Webhooks } from './webhooks.ts';

export interface WebhooksSettings extends ClientSettings {
  /** What the token is called in a sentence: GITHUB_TOKEN. */
  readonly tokenName: string;
}

/** https://docs.github.com/en/rest/repos/webhooks and …/orgs/webhooks: the same under two roots. */
export function createWebhooks(settings: WebhooksSettings, owner: HookOwner): Webhooks {
  const calls = createCalls(settings);
  const hooks = `${root(owner)}/hooks`;

  async function call(route: string, parameters?: Payload): Promise<GithubAnswer> {
    try {
      return await calls.request(route, parameters);
    } catch (error) {
      const { reason, message } = refusalWords(error, {
        owner,
        access: route.startsWith('GET ') ? 'read' : 'change',
        token: settings.tokenName,
      });
      throw new WebhookError(reason, message, { cause: error });
    }
  }

  return {
    async list() {
      const all = await readPages(
        (parameters) => call(`GET ${hooks}`, parameters),
        () => true,
      );
      return all.map(webhookOf);
    },
    async create(wanted) {
      const { data } = await call(`POST ${hooks}`, { name: 'web', ...bodyOf(wanted) });
      return webhookOf(data);
    },
    async update(id, wanted) {
      const { data } = await call(`PATCH ${hooks}/${id}`, bodyOf(wanted));
      return webhookOf(data);
    },
    async ping(id) {
      await call(`POST ${hooks}/${id}/pings`);
    },
    async tries(id) {
      const { data } = await call(`GET ${hooks}/${id}/deliveries`, { per_page: 100 });
      return (Array.isArray(data) ? data : []).map(tryOf);
    },
    async answer(id, tryId) {
      const { data } = await call(`GET ${hooks}/${id}/deliveries/${tryId}`);
      const payload = read(data, 'response.payload');
      return typeof payload === 'string' ? payload : JSON.stringify(payload ?? '');
    },
  };
}

/** A `config` replaces the whole one: without the secret in it, GitHub drops the secret. */
function bodyOf({ url, secret, events }: WebhookSettings): Payload {
  const config = { url, content_type: 'json', insecure_ssl: '0', secret: secret.reveal() };
  return { active: true, events, config };
}

function webhookOf(hook: unknown): Webhook {
  const events = read(hook, 'events');
  return {
    id: numberOrNull(hook, 'id') ?? 0,
    url: textOrNull(hook, 'config.url') ?? '',
    isActive: read(hook, 'active') === true,
    events: Array.isArray(events) ? events.map(String) : [],
    contentType: textOrNull(hook, 'config.content_type') ?? 'form',
    hasSecret: textOrNull(hook, 'config.secret') !== null,
    // GitHub documents text or number.
    verifiesTls: !['1', 1].includes(read(hook, 'config.insecure_ssl') as string | number),
  };
}

function tryOf(item: unknown): DeliveryTry {
  return {
    id: numberOrNull(item, 'id') ?? 0,
    guid: textOrNull(item, 'guid') ?? '',
    type: textOrNull(item, 'event') ?? '',
    deliveredAt: timeOrNull(item, 'delivered_at') ?? 0,
    statusCode: numberOrNull(item, 'status_code'),
    status: textOrNull(item, 'status') ?? '',
  };
}
