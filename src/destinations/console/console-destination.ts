import type { Destination, Message } from '../../model/destination.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { describe } from '../describe.ts';
import { thousands } from '../groups.ts';
import { renderCard, renderDigestCard } from './card.ts';

export interface ConsoleOptions {
  readonly name: string;
  readonly write: (text: string) => void;
  readonly color: boolean;
  /** Columns of the terminal; 80 where nobody knows. */
  readonly width: number;
  readonly clock?: Clock | undefined;
}

/** The terminal as a destination: what is told when no other place has been set up. */
export function consoleDestination({ name, write, color, width, clock = systemClock }: ConsoleOptions): Destination {
  const render = (message: Message): string => {
    const footer = timing(message, clock.now());
    return message.kind === 'single'
      ? renderCard(message.notification.activity, footer, { color, width })
      : renderDigestCard(message.notifications, footer, { color, width });
  };
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
    retry: { baseMs: 1000, capMs: 60_000, maxTries: 10 },
    describe,
    send: async (message) => {
      try {
        write(render(message));
        return { kind: 'sent', answer: 'printed' };
      } catch (error) {
        return { kind: 'retry', reason: `the terminal cannot be written: ${String(error)}` };
      }
    },
  };
}

/** From the last byte received of the oldest event. */
function timing(message: Message, now: number): string {
  const [first, rest] =
    message.kind === 'single'
      ? [message.notification, 0]
      : [message.notifications[0], message.notifications.length - 1];
  const took = duration(Math.max(0, now - (first?.receivedAt ?? now)));
  const again = message.kind === 'single' && message.notification.isReplay ? ', a replay' : '';
  return `received → stored → told in ${took}${rest > 0 ? `, ${thousands(rest + 1)} in one` : ''}${again}`;
}

function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${thousands(Math.round(ms / 60_000))} min`;
}
