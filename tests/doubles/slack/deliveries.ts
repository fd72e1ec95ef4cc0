import type { Clock } from '../../../src/shared/clock.ts';

export type Payload = Readonly<Record<string, unknown>>;

/** What an app is told, whichever way it goes. */
export interface Told {
  readonly kind: 'events_api' | 'interactive' | 'slash_commands';
  readonly payload: Payload;
}

/** Retries are counted from 1. */
export interface Retry {
  readonly number: number;
  readonly reason: string;
}

/** How one attempt ended. `payload`: what the app answered with. */
export type Attempted =
  | { readonly kind: 'acked'; readonly payload: unknown }
  | { readonly kind: 'failed'; readonly reason: string; readonly noRetry?: boolean };

/** One way to the app. */
export interface Transport {
  attempt(told: Told, retry: Retry | null): Promise<Attempted>;
}

export interface Delivery {
  readonly told: Told;
  /** Of events: unique in the world. */
  readonly eventId: string | null;
  readonly attempts: readonly Attempted[];
  /** acked, or given up for good. */
  readonly settled: Promise<'acked' | 'given up'>;
  /** Resolves when so many attempts have ended. */
  attempted(count: number): Promise<void>;
}

/** After the first failure at once, then a minute, then five: https://docs.slack.dev/apis/events-api#retries */
export const RETRIES_MS = [0, 60_000, 300_000] as const;
/** https://docs.slack.dev/apis/events-api#responding */
export const ACK_MS = 3000;

/** Tells an app of events, clicks and commands. Events are told again when nobody acks; clicks and commands are not. */
export class Deliveries {
  readonly all: Delivery[] = [];
  readonly #clock: Clock;
  readonly #transport: Transport;
  readonly #changed: () => void;
  readonly #waiting = new Set<() => void>();

  /** `changed`: called after each attempt. */
  constructor(clock: Clock, transport: Transport, changed: () => void = () => undefined) {
    this.#clock = clock;
    this.#transport = transport;
    this.#changed = changed;
  }

  tell(told: Told): Delivery {
    const attempts: Attempted[] = [];
    const watchers = new Set<() => void>();
    const settled = Promise.withResolvers<'acked' | 'given up'>();
    const id = told.payload['event_id'];
    const delivery: Delivery = {
      told,
      eventId: typeof id === 'string' ? id : null,
      attempts,
      settled: settled.promise,
      attempted: (count) =>
        new Promise((resolve) => {
          const look = () => attempts.length >= count && (watchers.delete(look), resolve());
          watchers.add(look);
          look();
        }),
    };
    this.all.push(delivery);
    const attempt = async (retry: Retry | null): Promise<void> => {
      const result = await this.#transport.attempt(told, retry);
      const next = RETRIES_MS[attempts.length];
      attempts.push(result);
      if (result.kind === 'acked') settled.resolve('acked');
      else if (told.kind !== 'events_api' || next === undefined || result.noRetry) settled.resolve('given up');
      else this.#later(next, () => void attempt({ number: attempts.length, reason: result.reason }));
      for (const look of watchers) look();
      this.#changed();
    };
    void attempt(null);
    return delivery;
  }

  /** What waits for its next attempt gets it now. */
  hurry(): void {
    for (const go of this.#waiting) go();
  }

  #later(ms: number, run: () => void): void {
    const go = () => {
      this.#waiting.delete(go);
      cancel();
      run();
    };
    const cancel = this.#clock.after(ms, go);
    this.#waiting.add(go);
  }
}

/** What ends first: an answer, or the three seconds. */
export async function within<T>(clock: Clock, ms: number, answer: Promise<T>, late: T): Promise<T> {
  const timedOut = Promise.withResolvers<T>();
  const cancel = clock.after(ms, () => timedOut.resolve(late));
  try {
    return await Promise.race([answer, timedOut.promise]);
  } finally {
    cancel();
  }
}
