import { RETRY_FOR_A_DAY } from '../destinations/retry-for-a-day.ts';
import type { Destination, Message, Outcome, SendContext } from '../model/destination.ts';
import { describe } from '../text/describe.ts';

/** What a `send` of one's own may return; nothing means `sent`. */
export type SendResult = Outcome | undefined;

/** `name` and `send`; all else has a default that may be given differently. */
export interface DestinationOptions extends Partial<Omit<Destination, 'name' | 'send' | typeof Symbol.asyncDispose>> {
  /** What rules call it in `to`, and the name of its lane. */
  readonly name: string;
  /**
   * Tells one message. Return nothing when it was told, or an `Outcome` for what is known better. Throwing means that
   * it may work later: the lane waits and tries again. Give up soon after `signal` aborts. The receipt that a `sent` carries
   * comes back as `earlier` with the next message about the same thread.
   */
  readonly send: (message: Message, context: SendContext) => SendResult | void | Promise<SendResult | void>;
  /** Closes what `send` keeps open, when nothing is sent any more. Called once. */
  readonly close?: () => void | Promise<void>;
}

/**
 * A destination of one's own: one message at a time, in order, at no pace, never in digests, tried again for about a day.
 * After a crash in mid-send it is told again.
 *
 * @example destination({ name: 'pager', send: async (message) => page(describe(message)) })
 */
export function destination({ send, close, ...given }: DestinationOptions): Destination {
  let closed: Promise<void> | undefined;
  return {
    type: 'custom',
    intervalMs: 0,
    concurrency: 1,
    digestOver: null,
    digestMax: 1000,
    onUnknown: 'resend',
    retry: RETRY_FOR_A_DAY,
    describe,
    ...given,
    send: async (message, context) => {
      try {
        return (await send(message, context)) ?? { kind: 'sent', answer: 'done' };
      } catch (error) {
        return { kind: 'retry', reason: error instanceof Error ? error.message : String(error) };
      }
    },
    [Symbol.asyncDispose]: () => (closed ??= Promise.resolve().then(close)),
  };
}
