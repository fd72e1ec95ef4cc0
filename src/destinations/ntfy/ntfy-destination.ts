import type { Destination } from '../../model/destination.ts';
import type { Clock } from '../../shared/clock.ts';
import { request } from '../../shared/outbound.ts';
import { inOrder, paceOf } from '../lanes.ts';
import { pushShown } from '../push-shown.ts';
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
  const intervalMs = paceOf(perMinute);
  const { topic, root } = topicAt(url);
  const headers = { ...headersFor(settings), 'content-type': 'application/json' };
  return {
    ...inOrder(name, 'ntfy', intervalMs),
    // The server counts by user, or by address where nobody is named, over all topics: https://docs.ntfy.sh/publish/#limitations
    account: { rateKey: `${root} ${token?.reveal() ?? ''}`, intervalMs },
    // There is no idempotency key.
    mayForgetAttempts: true,
    preview: async (message) => {
      const { title, message: body, click = null } = render(message, topic, priority);
      return pushShown(title, body, click);
    },
    send: async (message, { signal, departure }) => {
      const body = JSON.stringify(render(message, topic, priority));
      // As JSON to the root: in headers, where texts could stand too, they would have to be encoded.
      const result = await request({ url: root, headers, body, timeoutMs: TIMEOUT_MS, signal, departure });
      return judgeAnswer(result, clock.now());
    },
    async [Symbol.asyncDispose]() {},
  };
}
