import type { Destination } from '../../model/destination.ts';
import type { Clock } from '../../shared/clock.ts';
import { request } from '../../shared/outbound.ts';
import { describe } from '../../text/describe.ts';
import { RETRY_FOR_A_DAY } from '../retry-for-a-day.ts';
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
    name,
    type: 'gotify',
    // It has no limits of its own: this is for whoever holds the phone.
    intervalMs: 1_000,
    concurrency: 1,
    digestOver: 2,
    digestMax: 1000,
    // There is no idempotency key. Told twice is a nuisance, never told is a fault.
    onUnknown: 'resend',
    mayForgetAttempts: true,
    retry: RETRY_FOR_A_DAY,
    describe,
    send: async (message, { signal, departure }) => {
      const outbound = post(settings, render(message, settings.priority));
      return judgeAnswer(await request({ ...outbound, timeoutMs: TIMEOUT_MS, signal, departure }), clock.now());
    },
    async [Symbol.asyncDispose]() {},
  };
}
