import type { Channel } from '../../model/plugin/channel.ts';
import { originOf } from '../../shared/origin.ts';
import type { Secret } from '../../shared/secret.ts';

export interface HttpSettings {
  readonly url: Secret;
  /** Standard Webhooks form, `whsec_` + base64. Absent: requests are not signed. */
  readonly secret?: Secret;
  /** Requests in flight at once; more than 1 gives up order. */
  readonly concurrency: number;
  readonly timeout_ms: number;
}

export const channel: Channel<HttpSettings> = {
  title: 'HTTP',
  can: { digest: null, thread: null, card: null, edit: false, everybody: false, dedup: '`webhook-id`' },
  words: ({ url }) => originOf(url.reveal()),
  schema: async () => (await import('./schema.ts')).SCHEMA,
  async open({ name, settings: { url, secret = null, concurrency, timeout_ms: timeoutMs }, clock }) {
    const { httpDestination } = await import('./http-destination.ts');
    return httpDestination({ name, url, secret, concurrency, timeoutMs, clock });
  },
};
