import type { Destination } from '../../model/destination.ts';
import type { Clock } from '../../shared/clock.ts';
import { request } from '../../shared/outbound.ts';
import { inOrder } from '../lanes.ts';
import { pushShown } from '../push-shown.ts';
import { judgeAnswer } from './answer.ts';
import { post } from './post.ts';
import { render } from './render.ts';
import type { GotifySettings } from './settings.ts';

export interface GotifyOptions {
  readonly name: string;
  readonly settings: GotifySettings;
  readonly clock: Clock;
}

const TIMEOUT_MS = 10_000;

/** One application at a Gotify server. */
export function gotifyDestination({ name, settings, clock }: GotifyOptions): Destination {
  return {
    // It has no limits of its own: this is for whoever holds the phone.
    ...inOrder(name, 'gotify', 1_000),
    // There is no idempotency key.
    mayForgetAttempts: true,
    preview: async (message) => {
      const { title, message: body, extras } = render(message, settings.priority);
      return pushShown(title, body, extras?.['client::notification'].click.url ?? null);
    },
    send: async (message, { signal, departure }) => {
      const outbound = post(settings, render(message, settings.priority));
      return judgeAnswer(await request({ ...outbound, timeoutMs: TIMEOUT_MS, signal, departure }), clock.now());
    },
    async [Symbol.asyncDispose]() {},
  };
}
