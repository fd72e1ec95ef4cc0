import type { Destination } from '../../model/destination.ts';
import type { Clock } from '../../shared/clock.ts';
import { inOrder, paceOf } from '../lanes.ts';
import { messageKey, threadKey } from '../message-key.ts';
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
  const intervalMs = paceOf(perMinute);
  return {
    // It knows a repetition by its key.
    ...inOrder(name, 'google-chat', intervalMs),
    // Google counts by space, whatever posts there.
    account: { rateKey: new URL(webhook.reveal()).pathname, intervalMs },
    isThreaded,
    preview: async (message) => (await import('./preview.ts')).shownAtGoogleChat(message),
    send: (message, { signal, departure, thread = null }) => {
      // A key of our own choosing: no receipt is needed to find the thread again.
      const key = thread === null ? null : threadKey(thread);
      const posting = { message: render(message), key: messageKey(name, message), thread: key };
      return post(webhook, posting, clock, { signal, departure });
    },
    async [Symbol.asyncDispose]() {},
  };
}
