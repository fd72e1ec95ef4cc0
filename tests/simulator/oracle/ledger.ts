import type { Change } from '../world/disk.ts';

export interface EventEntry {
  readonly id: number;
  readonly guid: string;
  state: string | null;
  /** By the machine's clock. */
  readonly receivedAt: number;
  /** Its place among the others is not its own any more: it settled, or somebody replayed it. */
  isOutOfLine: boolean;
  wasReplayed: boolean;
  /** Where its body is. Below 0: gone. */
  segment: number;
}

export interface NotificationEntry {
  readonly id: number;
  readonly eventId: number;
  readonly destination: string;
  readonly isReplay: boolean;
  state: string | null;
  isOutOfLine: boolean;
  arrivals: number;
}

export interface AttemptEntry {
  readonly id: number;
  readonly lane: string;
  readonly epoch: number;
  outcome: string | null;
  readonly carries: number[];
}

export interface LaneEntry {
  owner: string | null;
  epoch: number;
  expiresAt: number;
  notBefore: number;
  failures: number;
}

/** What is committed, as the triggers told it: the oracle's copy. */
export class Ledger {
  readonly events = new Map<number, EventEntry>();
  readonly notifications = new Map<number, NotificationEntry>();
  readonly attempts = new Map<number, AttemptEntry>();
  readonly lanes = new Map<string, LaneEntry>();

  apply(change: Change): void {
    const [what, ...values] = change;
    if (what === 'event') this.#event(values);
    else if (what === 'notification') this.#notification(values);
    else if (what === 'attempt') this.#attempt(values);
    else if (what === 'carries') this.attempts.get(Number(values[0]))?.carries.push(Number(values[3]));
    else if (what === 'lane') this.#lane(values);
    else if (what === 'settles') this.#outOfLine(Number(values[0]));
    else if (what === 'body') this.#body(values);
  }

  /** Nothing waits for anybody. */
  isDrained(): boolean {
    for (const { state } of this.events.values()) if (state === 'pending') return false;
    for (const { state } of this.notifications.values()) if (state === 'queued') return false;
    return true;
  }

  /** It waits, or somebody may want it put again: its body must stay. */
  isNeeded(id: number): boolean {
    const state = this.events.get(id)?.state;
    if (state === 'pending' || state === 'quarantined') return true;
    return this.#of(id).some(({ state }) => state === 'queued' || state === 'dead' || state === 'unknown');
  }

  isGivenUp(id: number): boolean {
    return this.#of(id).some(({ state }) => state === 'dead');
  }

  /** Whether the event was put to the same destination again. */
  hasLater({ id, eventId, destination }: NotificationEntry): boolean {
    return this.#of(eventId).some((other) => other.destination === destination && other.id > id);
  }

  #of(event: number): readonly NotificationEntry[] {
    return [...this.notifications.values()].filter(({ eventId }) => eventId === event);
  }

  /** Attempts whose end nobody knows, by notification. */
  unknowns(): ReadonlyMap<number, number> {
    const counts = new Map<number, number>();
    for (const { outcome, carries } of this.attempts.values()) {
      if (outcome !== 'unknown') continue;
      for (const id of carries) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  }

  #event([id, , state, guid, receivedAt]: Change): void {
    const entry = this.events.get(Number(id));
    if (entry === undefined) {
      const fresh = { isOutOfLine: false, wasReplayed: false, segment: 0, receivedAt: Number(receivedAt) };
      this.events.set(Number(id), { id: Number(id), guid: String(guid), state: text(state), ...fresh });
      return;
    }
    if (state === 'pending') {
      entry.wasReplayed = true;
      entry.isOutOfLine = true;
    }
    entry.state = text(state);
  }

  #notification([id, before, state, eventId, destination, isReplay, , notBefore]: Change): void {
    const entry = this.notifications.get(Number(id));
    if (entry === undefined) {
      const isOutOfLine =
        notBefore !== null || isReplay === 1 || (this.events.get(Number(eventId))?.isOutOfLine ?? true);
      this.notifications.set(Number(id), {
        id: Number(id),
        eventId: Number(eventId),
        destination: String(destination),
        isReplay: isReplay === 1,
        state: text(state),
        isOutOfLine,
        arrivals: 0,
      });
      return;
    }
    entry.state = text(state);
    if (state === 'queued' && before !== 'queued') entry.isOutOfLine = true;
  }

  #attempt([id, , outcome, lane, epoch]: Change): void {
    const entry = this.attempts.get(Number(id));
    if (entry !== undefined) {
      // One that went by retention ended as it ended.
      if (outcome !== null) entry.outcome = text(outcome);
      return;
    }
    this.attempts.set(Number(id), {
      id: Number(id),
      lane: String(lane),
      epoch: Number(epoch),
      outcome: text(outcome),
      carries: [],
    });
  }

  #lane([lane, , owner, , epoch, , expiresAt, notBefore, failures]: Change): void {
    const lease = { owner: text(owner), epoch: Number(epoch), expiresAt: Number(expiresAt) };
    this.lanes.set(String(lane), { ...lease, notBefore: Number(notBefore), failures: Number(failures) });
  }

  #body([id, , segment]: Change): void {
    const event = this.events.get(Number(id));
    if (event !== undefined) event.segment = Number(segment);
  }

  #outOfLine(eventId: number): void {
    const event = this.events.get(eventId);
    if (event !== undefined) event.isOutOfLine = true;
  }
}

function text(value: Change[number] | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
