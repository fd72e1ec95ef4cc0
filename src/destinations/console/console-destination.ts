import type { Destination, Message, Outcome } from '../../model/destination.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { describe } from '../../text/describe.ts';
import { grouped } from '../../text/words.ts';
import { type CardStyle, renderCard, renderDigestCard } from './card.ts';

export interface ConsoleOptions {
  readonly name: string;
  /** Done when the text was taken; throws when it cannot be. */
  readonly write: (text: string) => void | Promise<void>;
  readonly color: boolean;
  /** Columns of the terminal; 80 where nobody knows. */
  readonly width: number;
  readonly clock?: Clock | undefined;
}

/** The terminal as a destination: what is told when no other place has been set up. */
export function consoleDestination({ name, write, color, width, clock = systemClock }: ConsoleOptions): Destination {
  const render = (message: Message): string =>
    cardOf(message, timing(message, clock.now()), { color, width, maybeRepeated: message.maybeRepeated });
  let last: Promise<unknown> = Promise.resolve();

  async function print(message: Message): Promise<Outcome> {
    try {
      await write(render(message));
      return { kind: 'sent', answer: 'printed' };
    } catch (error) {
      return { kind: 'retry', reason: `the terminal cannot be written: ${String(error)}` };
    }
  }

  return {
    name,
    type: 'console',
    // A burst is one card and then a digest or two; by hand nobody sends faster.
    intervalMs: 250,
    concurrency: 1,
    // A person reads about this many cards at once; more than that scroll by.
    digestOver: 5,
    digestMax: 1000,
    onUnknown: 'resend',
    mayForgetAttempts: true,
    // A reader who pauses for a night, and reads on, has missed nothing.
    retry: { baseMs: 1000, capMs: 60_000, maxTries: 1000 },
    describe,
    preview: async (message) => {
      const { shownCode } = await import('../../text/shown/blocks.ts');
      const card = cardOf(message, '', { color: false, width, maybeRepeated: message.maybeRepeated });
      return shownCode(card.trimEnd());
    },
    async send(message, { signal }) {
      const givenUp = Promise.withResolvers<'given up'>();
      signal.addEventListener('abort', () => givenUp.resolve('given up'), { once: true });
      if (signal.aborted) givenUp.resolve('given up');
      // One message at most waits for a reader who does not read, however long; all others stay in the inbox.
      await Promise.race([last, givenUp.promise]);
      if (signal.aborted) return { kind: 'retry', reason: 'nobody reads the output' };
      const printing = print(message);
      last = printing;
      const outcome = await Promise.race([printing, givenUp.promise]);
      return outcome === 'given up' ? { kind: 'unknown', reason: 'nobody has read it yet' } : outcome;
    },
    // The terminal is not ours to close.
    async [Symbol.asyncDispose]() {},
  };
}

function cardOf(message: Message, footer: string, style: CardStyle): string {
  return message.kind === 'single'
    ? renderCard(message.notification, footer, style)
    : renderDigestCard(message.notifications, footer, style);
}

/** From the last byte received of the oldest event. */
function timing(message: Message, now: number): string {
  const [first, rest] =
    message.kind === 'single'
      ? [message.notification, 0]
      : [message.notifications[0], message.notifications.length - 1];
  const took = duration(Math.max(0, now - (first?.receivedAt ?? now)));
  const again = message.kind === 'single' && message.notification.isReplay ? ', a replay' : '';
  return `received → stored → told in ${took}${rest > 0 ? `, ${grouped(rest + 1)} in one` : ''}${again}`;
}

function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${grouped(Math.round(ms / 60_000))} min`;
}
