import type { Delivery } from './github.ts';
import { deliver } from './github.ts';

/** What became of one delivery, as its sender sees it. */
export interface Sent {
  readonly delivery: Delivery;
  /** The event's id when it was answered 200. Null: nobody knows. */
  readonly acknowledged: number | null;
  /** From the last request's beginning to its answer, or to the end of its connection. */
  readonly tookMs: number;
}

export interface Senders {
  readonly sent: readonly Sent[];
  /** Called at each acknowledgement with the number of all so far. */
  onAcknowledged: ((count: number) => void) | undefined;
  /** After this no sender begins another delivery; resolves when the last has ended. */
  stop(): Promise<void>;
}

/** GitHub gives up after it. */
export const GITHUB_WAITS_MS = 10_000;

/**
 * `count` senders that deliver one event after the other to `url()`. When nothing answers they wait for `up()`; every other
 * delivery whose answer was lost is sent again under the same id, as GitHub's "Redeliver" does.
 */
export function startSenders(
  count: number,
  url: () => string,
  up: () => Promise<unknown>,
  make: (n: number) => Delivery,
): Senders {
  const sent: Sent[] = [];
  let acknowledged = 0;
  let lost = 0;
  let next = 1;
  let stopped = false;

  async function send(delivery: Delivery): Promise<number | null> {
    try {
      const { status, body } = await deliver(url(), delivery, {}, AbortSignal.timeout(GITHUB_WAITS_MS));
      return status === 200 ? (body.id ?? null) : null;
    } catch {
      return null;
    }
  }

  async function run(): Promise<void> {
    while (!stopped) {
      await up();
      const delivery = make(next++);
      let began = performance.now();
      let id = await send(delivery);
      if (id === null && ++lost % 2 === 0) {
        await up();
        began = performance.now();
        id = await send(delivery);
      }
      sent.push({ delivery, acknowledged: id, tookMs: performance.now() - began });
      if (id !== null) senders.onAcknowledged?.(++acknowledged);
    }
  }

  const senders: Senders = {
    sent,
    onAcknowledged: undefined,
    async stop() {
      stopped = true;
      await running;
    },
  };
  const running = Promise.all(Array.from({ length: count }, run));
  return senders;
}
