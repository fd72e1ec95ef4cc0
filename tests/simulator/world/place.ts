import { carried } from '../../../src/model/carried.ts';
import type { Destination, Message, Outcome, SendContext } from '../../../src/model/destination.ts';
import type { Chance } from './chance.ts';
import type { Home, Scheduler } from './scheduler.ts';

/** What a destination is, beside what can go wrong with it. */
export type PlaceTerms = Pick<
  Destination,
  'name' | 'intervalMs' | 'account' | 'concurrency' | 'digestOver' | 'digestMax' | 'onUnknown' | 'retry'
> & { readonly mayForgetAttempts: boolean };

export type Trouble = 'refuses' | 'hangs' | 'unreachable' | 'says slow down' | 'loses answers' | 'rejects' | 'is gone';

/** Whoever is told what left for a place, and what came. */
export interface PlaceListener {
  departed(place: PlaceTerms, message: Message, home: Home, owner: string): void;
  arrived(place: PlaceTerms, message: Message): void;
  /** A connection is being made. */
  connects(home: Home): void;
}

/** How long a sender waits for an answer. */
const PATIENCE_MS = 10_000;

/**
 * The other side: a chat, an endpoint. It keeps what arrives, whoever sent it. `destination` is how one process reaches it: over a
 * network that takes time, on which the process may die, stand still or give up at every point.
 */
export class Place {
  readonly terms: PlaceTerms;
  trouble: { readonly kind: Trouble; readonly until: number } | null = null;
  readonly #scheduler: Scheduler;
  readonly #chance: Chance;
  readonly #listener: PlaceListener;

  constructor(terms: PlaceTerms, scheduler: Scheduler, chance: Chance, listener: PlaceListener) {
    this.terms = terms;
    this.#scheduler = scheduler;
    this.#chance = chance;
    this.#listener = listener;
  }

  destination(home: Home, owner: () => string): Destination {
    return {
      ...this.terms,
      type: 'simulated',
      describe: (message) =>
        carried(message)
          .map(({ eventId }) => eventId)
          .join(' '),
      send: (message, context) => this.#send(home, owner(), message, context),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }

  async #send(home: Home, owner: string, message: Message, { signal, departure }: SendContext): Promise<Outcome> {
    const { name } = this.terms;
    this.#listener.connects(home);
    // A connection that stands, or a new one.
    const connectMs = this.#chance.odds(0.6) ? this.#chance.next() : this.#chance.between(5, 400);
    await new Promise<void>((resolve) => this.#scheduler.after(home, connectMs, `connected to ${name}`, resolve));
    if (signal.aborted) return { kind: 'retry', reason: 'stopped before anything was sent' };
    if (this.#now() === 'unreachable') return { kind: 'retry', reason: 'ECONNREFUSED' };
    const may = (await departure?.mayLeave()) ?? true;
    if (!may || signal.aborted) return { kind: 'retry', reason: 'not sent' };
    this.#listener.departed(this.terms, message, home, owner);
    departure?.hasLeft();
    return this.#answered(home, message, signal);
  }

  #answered(home: Home, message: Message, signal: AbortSignal): Promise<Outcome> {
    const { name } = this.terms;
    const chance = this.#chance;
    const way = () => (chance.odds(0.8) ? chance.between(1, 30) : chance.between(30, 1_500));
    return new Promise((resolve) => {
      const lost = (reason: string) => resolve({ kind: 'unknown', reason });
      // It arrives whatever becomes of who sent it.
      this.#scheduler.after(null, way(), `request at ${name}`, () => {
        const answer = this.#answer(message);
        if (answer !== null) this.#scheduler.after(home, way(), `answer of ${name}`, () => resolve(answer));
      });
      this.#scheduler.after(home, PATIENCE_MS, `patience with ${name}`, () => lost('no answer within 10 s'));
      if (signal.aborted) lost('stopped before the answer came');
      signal.addEventListener('abort', () => lost('stopped before the answer came'), { once: true });
    });
  }

  /** Null: none comes. */
  #answer(message: Message): Outcome | null {
    switch (this.#now()) {
      case 'refuses':
        return { kind: 'retry', reason: '500' };
      case 'says slow down':
        return { kind: 'retry', reason: '429', retryAfterMs: this.#chance.int(1, 20) * 1_000 };
      case 'rejects':
        return { kind: 'rejected', reason: '400: no such message' };
      case 'is gone':
        return { kind: 'broken', reason: '404: make a new one' };
      case 'hangs':
        if (this.#chance.odds(0.5)) this.#listener.arrived(this.terms, message);
        return null;
      case 'loses answers':
        this.#listener.arrived(this.terms, message);
        return this.#chance.odds(0.5) ? null : { kind: 'unknown', reason: 'ECONNRESET' };
      default:
        this.#listener.arrived(this.terms, message);
        return { kind: 'sent', answer: 'ok' };
    }
  }

  #now(): Trouble | null {
    return this.trouble !== null && this.#scheduler.now < this.trouble.until ? this.trouble.kind : null;
  }
}
