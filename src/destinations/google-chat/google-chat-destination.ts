import type { Destination } from '../../model/destination.ts';
import type { Clock } from '../../shared/clock.ts';
import { describe } from '../../text/describe.ts';
import { messageKey, threadKey } from '../message-key.ts';
import { RETRY_FOR_A_DAY } from '../retry-for-a-day.ts';
import { render } from './render.ts';
import type { GoogleChatSettings } from './settings.ts';
import { post } from './webhook.ts';

export interface GoogleChatOptions {
  readonly name: string;
  readonly settings: GoogleChatSettings;
  readonly clock: Clock;
}

/** One space of Google Chat behind a webhook. */
export function googleChatDestination({ name, settings, clock }: GoogleChatOptions): Destination {
  const { webhook_url: webhook, thread: isThreaded, per_minute: perMinute } = settings;
  const intervalMs = perMinute === 0 ? 0 : Math.ceil(60_000 / perMinute);
  return {
    name,
    type: 'google-chat',
    intervalMs,
    // Google counts by space, whatever posts there.
    account: { rateKey: new URL(webhook.reveal()).pathname, intervalMs },
    // Messages of one space are read from top to bottom.
    concurrency: 1,
    digestOver: 2,
    digestMax: 1000,
    // It knows a repetition by its key.
    onUnknown: 'resend',
    retry: RETRY_FOR_A_DAY,
    isThreaded,
    describe,
    send: (message, { signal, departure, thread = null }) => {
      // A key of our own choosing: no receipt is needed to find the thread again.
      const key = thread === null ? null : threadKey(thread);
      const posting = { message: render(message), key: messageKey(name, message), thread: key };
      return post(webhook, posting, clock, { signal, departure });
    },
    async [Symbol.asyncDispose]() {},
  };
}
