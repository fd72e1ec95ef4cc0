import type { Destination } from '../../model/destination.ts';
import type { Clock } from '../../shared/clock.ts';
import { request } from '../../shared/outbound.ts';
import { describe } from '../../text/describe.ts';
import { RETRY_FOR_A_DAY } from '../retry-for-a-day.ts';
import { headersFor, topicAt } from './address.ts';
import { judgeAnswer } from './answer.ts';
import { render } from './render.ts';
import type { NtfySettings } from './settings.ts';

export interface NtfyOptions {
  readonly name: string;
  readonly settings: NtfySettings;
  readonly clock: Clock;
}

const TIMEOUT_MS = 10_000;

/** One topic at ntfy. */
export function ntfyDestination({ name, settings, clock }: NtfyOptions): Destination {
  const { url, token, priority, per_minute: perMinute } = settings;
  const intervalMs = perMinute === 0 ? 0 : Math.ceil(60_000 / perMinute);
  const { topic, root } = topicAt(url);
  const headers = { ...headersFor(settings), 'content-type': 'application/json' };
  return {
    name,
    type: 'ntfy',
    intervalMs,
    // The server counts by user, or by address where nobody is named, over all topics: https://docs.ntfy.sh/publish/#limitations
    account: { rateKey: `${root} ${token?.reveal() ?? ''}`, intervalMs },
    concurrency: 1,
    digestOver: 2,
    digestMax: 1000,
    // There is no idempotency key. Told twice is a nuisance, never told is a fault.
    onUnknown: 'resend',
    mayForgetAttempts: true,
    retry: RETRY_FOR_A_DAY,
    describe,
    send: async (message, { signal, departure }) => {
      const body = JSON.stringify(render(message, topic, priority));
      // As JSON to the root: in headers, where texts could stand too, they would have to be encoded.
      const result = await request({ url: root, headers, body, timeoutMs: TIMEOUT_MS, signal, departure });
      return judgeAnswer(result, clock.now());
    },
    async [Symbol.asyncDispose]() {},
  };
}
