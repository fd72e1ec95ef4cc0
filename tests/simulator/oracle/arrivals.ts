import { carried } from '../../../src/model/carried.ts';
import type { Account, Message } from '../../../src/model/destination.ts';
import type { PlaceTerms } from '../world/place.ts';
import type { Home } from '../world/scheduler.ts';
import type { Ledger, NotificationEntry } from './ledger.ts';
import type { Verdicts } from './verdicts.ts';

interface Arrival {
  readonly entry: NotificationEntry;
  readonly transition: string | null;
}

interface Surroundings {
  readonly now: () => number;
  readonly wall: () => number;
  readonly wasSet: (ms: number) => boolean;
}

/** A lease lasts that much longer when a request leaves; what the last look took is allowed for. */
const LEAST_LEASE_MS = 4_900;
/** Clocks say whole milliseconds, and timers ring when they ring. */
const ROUNDING_MS = 2;

/** However late its two lanes are between their turn and their message, so many in a row take an interval. */
const IN_A_ROW = 4;

/** What left for the destinations and what came there. */
export class Arrivals {
  readonly #ledger: Ledger;
  readonly #verdicts: Verdicts;
  readonly #around: Surroundings;
  readonly #leftAt = new Map<string, number>();
  readonly #ofAccount: number[] = [];
  readonly #furthest = new Map<string, number>();
  /** First arrivals, in order. */
  readonly firsts: Arrival[] = [];

  constructor(ledger: Ledger, verdicts: Verdicts, around: Surroundings) {
    this.#ledger = ledger;
    this.#verdicts = verdicts;
    this.#around = around;
  }

  departed({ name, intervalMs, account }: PlaceTerms, message: Message, home: Home, owner: string): void {
    const { now, wall, wasSet } = this.#around;
    const events = carried(message)
      .map(({ eventId }) => eventId)
      .join(', ');
    const lane = this.#ledger.lanes.get(name);
    if (!wasSet(20_000)) {
      if (lane?.owner !== owner) {
        this.#verdicts.broken(
          'fence',
          `${home.name} sent events ${events} to ${name}, whose lane ${lane?.owner ?? 'nobody'} holds`,
        );
      } else if (lane.expiresAt - wall() < LEAST_LEASE_MS) {
        this.#verdicts.broken(
          'fence',
          `${home.name} sent events ${events} to ${name} with ${lane.expiresAt - wall()} ms left of its lease`,
        );
      }
    }
    if (account !== undefined) this.#atThePaceOf(account, events);
    const before = this.#leftAt.get(name);
    this.#leftAt.set(name, now());
    const gap = before === undefined ? Number.POSITIVE_INFINITY : now() - before;
    if (gap < intervalMs - ROUNDING_MS && !wasSet(20_000)) {
      this.#verdicts.broken(
        'pace',
        `events ${events} left for ${name} ${Math.round(gap)} ms after the message before; its pace is ${intervalMs} ms`,
      );
    }
  }

  #atThePaceOf({ intervalMs }: Account, events: string): void {
    const { now, wasSet } = this.#around;
    this.#ofAccount.push(now());
    const first = this.#ofAccount.at(-IN_A_ROW);
    const took = first === undefined ? Number.POSITIVE_INFINITY : now() - first;
    if (took < intervalMs - ROUNDING_MS && !wasSet(20_000)) {
      this.#verdicts.broken(
        'pace',
        `with events ${events}, ${IN_A_ROW} messages left for one account within ${Math.round(took)} ms; its pace is ${intervalMs} ms`,
      );
    }
  }

  arrived(place: PlaceTerms, message: Message): void {
    for (const { id, transition } of carried(message)) {
      const entry = this.#ledger.notifications.get(id);
      if (entry === undefined) {
        this.#verdicts.broken('lost', `${place.name} was told notification ${id}, which is not stored`);
        continue;
      }
      entry.arrivals += 1;
      if (entry.arrivals > 1) continue;
      this.firsts.push({ entry, transition });
      if (place.concurrency === 1 && place.onUnknown === 'resend') this.#inOrder(place, entry);
    }
  }

  #inOrder({ name }: PlaceTerms, { eventId, isOutOfLine }: NotificationEntry): void {
    if (isOutOfLine) return;
    const furthest = this.#furthest.get(name) ?? 0;
    if (eventId < furthest) {
      this.#verdicts.broken('order', `${name} was told event ${eventId} after event ${furthest}`);
    }
    this.#furthest.set(name, Math.max(furthest, eventId));
  }
}
