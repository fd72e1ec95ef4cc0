import type { Destination } from '../../model/destination.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { request } from '../../shared/outbound.ts';
import type { Secret } from '../../shared/secret.ts';
import { activityBody } from '../activity-body.ts';
import { oneByOne, only } from '../lanes.ts';
import { outcomeOf } from './answer.ts';
import { signatureHeaders, signingKey } from './sign.ts';

export interface HttpOptions {
  readonly name: string;
  /** Whoever knows it can post, so it is a secret. */
  readonly url: Secret;
  /** A Standard Webhooks secret (`whsec_…`). Null: unsigned. */
  readonly secret: Secret | null;
  /** More than 1 gives up order. Default 1. */
  readonly concurrency?: number | undefined;
  /** Default 10 s. */
  readonly timeoutMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * An endpoint that gets every activity as JSON, one a request, signed after Standard Webhooks.
 * @throws Error when the secret is not of that form.
 */
export function httpDestination(options: HttpOptions): Destination {
  const { name, url, secret, concurrency = 1, timeoutMs = 10_000, clock = systemClock } = options;
  const address = url.reveal();
  const key = secret && signingKey(name, secret);
  return {
    // The receiver knows a repetition by its webhook-id.
    ...oneByOne(name, 'http', concurrency),
    preview: async (message) => {
      const { shownCode } = await import('../../text/shown/blocks.ts');
      return shownCode(activityBody(only(message)));
    },
    send: async (message, { signal, departure }) => {
      const notification = only(message);
      const body = JSON.stringify(activityBody(notification));
      const headers = signatureHeaders(key, `ntf_${notification.id}`, Math.floor(clock.now() / 1000), body);
      const result = await request({
        url: address,
        headers: { ...headers, 'content-type': 'application/json' },
        body,
        timeoutMs,
        signal,
        departure,
      });
      return outcomeOf(result, address, clock.now());
    },
    async [Symbol.asyncDispose]() {},
  };
}
