import type { OutboundRequest } from '../../shared/outbound.ts';
import type { Secret } from '../../shared/secret.ts';

export type WebhookRequest = Pick<OutboundRequest, 'method' | 'url' | 'headers' | 'body'>;

const HEADERS = {
  // Without a name of this form Cloudflare may take it for a browser and refuse: https://docs.discord.com/developers/reference#user-agent
  'user-agent': 'DiscordBot (tidings, 1)',
  'content-type': 'application/json',
};

/**
 * The address that people copy names no version. Then Discord answers as version 6 did: times in milliseconds, errors without their
 * place (https://docs.discord.com/developers/reference#api-versioning).
 */
const API = '/api/v10/';

/** The requests that a webhook's address is good for. */
export interface Webhook {
  /** `thread`: into that one; else into the webhook's channel. Answered with the message. */
  post(body: object, thread: string | null): WebhookRequest;
  /** A message of its own. `thread`: where it stands, unless that is the webhook's channel. */
  edit(message: string, body: object, thread: string | null): WebhookRequest;
  /** What it is called and where it posts. */
  get(): WebhookRequest;
}

/** https://docs.discord.com/developers/resources/webhook */
export function webhookAt(address: Secret): Webhook {
  const at = (path: string, parameters: Readonly<Record<string, string | null>>): string => {
    const url = new URL(address.reveal());
    url.pathname = url.pathname.replace(/\/api(?:\/v\d+)?\/(?=webhooks\/)/, API).replace(/\/$/, '') + path;
    url.search = '';
    for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, value);
    return url.href;
  };
  return {
    // Without `wait` a message that Discord does not keep is no error.
    post: (body, thread) => ({
      method: 'POST',
      url: at('', { wait: 'true', thread_id: thread }),
      headers: HEADERS,
      body: JSON.stringify(body),
    }),
    edit: (message, body, thread) => ({
      method: 'PATCH',
      url: at(`/messages/${message}`, { thread_id: thread }),
      headers: HEADERS,
      body: JSON.stringify(body),
    }),
    get: () => ({ method: 'GET', url: at('', {}), headers: HEADERS }),
  };
}
