import type { Change } from '../world/disk.ts';
import type { Asked } from '../world/sim-thread.ts';
import type { Ledger } from './ledger.ts';
import type { Verdicts } from './verdicts.ts';

/** docs/states.md: from → to, and which operations may do it. */
const EVENT_MOVES: Readonly<Record<string, readonly string[]>> = {
  ' → pending': ['append', 'bringIn'],
  'pending → routed': ['expand'],
  'pending → skipped': ['expand'],
  'pending → failed': ['expand'],
  'pending → quarantined': ['expand'],
  'routed → pending': ['replay'],
  'skipped → pending': ['replay'],
  'failed → pending': ['replay'],
  'quarantined → pending': ['replay'],
  'routed → ': ['deleteEvents'],
  'skipped → ': ['deleteEvents'],
  'failed → ': ['deleteEvents'],
};

const NOTIFICATION_MOVES: Readonly<Record<string, readonly string[]>> = {
  ' → queued': ['expand'],
  'queued → sent': ['end'],
  'queued → merged': ['end'],
  'queued → dead': ['end'],
  'queued → unknown': ['end', 'adopt'],
  'dead → queued': ['requeue'],
  'unknown → queued': ['requeue'],
  'sent → ': ['deleteEvents'],
  'merged → ': ['deleteEvents'],
};

interface Held {
  readonly lane: string;
  readonly owner: string;
  readonly epoch: number;
}

/** The longest that a lease lasts, and what may have passed while the question was on its way. */
const LONGEST_LEASE_MS = 10_000;

interface Surroundings {
  readonly wall: () => number;
  readonly now: () => number;
  /** The clock was set in the last `ms`. */
  readonly wasSet: (ms: number) => boolean;
  /** How long everything is kept, ms. Null: for ever. */
  readonly keptMs: number | null;
}

/** What one commit may change: asked of each, before the ledger knows it. */
export class CommitChecks {
  readonly #ledger: Ledger;
  readonly #verdicts: Verdicts;
  readonly #around: Surroundings;

  constructor(ledger: Ledger, verdicts: Verdicts, around: Surroundings) {
    this.#ledger = ledger;
    this.#verdicts = verdicts;
    this.#around = around;
  }

  check(asked: Asked, changes: readonly Change[]): void {
    this.#fenced(asked, changes);
    for (const change of changes) {
      const [what, id, before, after] = change;
      if (what === 'event') this.#move('event', EVENT_MOVES, asked, id, before, after);
      else if (what === 'notification') {
        this.#move('notification', NOTIFICATION_MOVES, asked, id, before, after);
        if (before !== null && after === 'queued') this.#isPutAgain(Number(id));
      } else if (what === 'lane') this.#leased(change);
      if (what === 'event' && after === null) this.#mayGo('event', Number(id));
      if (what === 'body' && Number(after) < 0) this.#mayGo('the body of event', Number(id));
      if (what === 'segment') this.#segmentMayGo(Number(id));
      if (what === 'event' && before === null) this.#isNew(change);
      this.#ledger.apply(change);
      if (what === 'notification' && (after === 'sent' || after === 'merged')) this.#arrived(Number(id), after);
    }
  }

  #move(
    kind: string,
    moves: Readonly<Record<string, readonly string[]>>,
    { op, home }: Asked,
    id: Change[number] | undefined,
    before: Change[number] | undefined,
    after: Change[number] | undefined,
  ): void {
    if (before === after) return;
    const move = `${before ?? ''} → ${after ?? ''}`;
    if (moves[move]?.includes(op)) return;
    const check = after === null ? 'retention' : 'states';
    this.#verdicts.broken(check, `${kind} ${id}: ${move} by ${op} of ${home.name}`);
  }

  /** Of several messages about one event to one destination only the newest may come back. */
  #isPutAgain(id: number): void {
    const entry = this.#ledger.notifications.get(id);
    if (entry === undefined || !this.#ledger.hasLater(entry)) return;
    const { eventId, destination } = entry;
    this.#verdicts.broken(
      'twice',
      `notification ${id} of event ${eventId} waits for ${destination} again, although the event was put to it anew since`,
    );
  }

  /** Whatever was written for a lane was written by who holds it. */
  #fenced({ op, values, home }: Asked, changes: readonly Change[]): void {
    const lease = values[0];
    if (changes.length === 0 || !isLease(lease)) return;
    const lane = this.#ledger.lanes.get(lease.lane);
    if (lane?.owner === lease.owner && lane.epoch === lease.epoch) return;
    const holder = `${lane?.owner ?? 'nobody'} (epoch ${lane?.epoch})`;
    this.#verdicts.broken(
      'fence',
      `${op} of ${home.name} wrote for lane ${lease.lane} as ${lease.owner} (epoch ${lease.epoch}), which is held by ${holder}`,
    );
  }

  #leased([, lane, ownerBefore, owner, epochBefore, epoch, expiresBefore]: Change): void {
    if (owner === null || owner === ownerBefore) return;
    if (Number(epoch) <= Number(epochBefore)) {
      this.#verdicts.broken('fence', `lane ${lane} went to ${owner} with epoch ${epoch}, not above ${epochBefore}`);
    }
    const left = Number(expiresBefore) - this.#around.wall();
    const wasLiving = ownerBefore !== null && left > 0 && left <= LONGEST_LEASE_MS;
    if (wasLiving && !this.#around.wasSet(20_000)) {
      this.#verdicts.broken(
        'fence',
        `lane ${lane} was taken from ${ownerBefore} by ${owner}, ${left} ms before its lease ended`,
      );
    }
  }

  #isNew([, id, , , guid]: Change): void {
    for (const other of this.#ledger.events.values()) {
      if (other.guid === guid && other.state !== null && other.id !== id) {
        this.#verdicts.broken('dedup', `event ${id} is the delivery that event ${other.id} was already (${guid})`);
      }
    }
  }

  #segmentMayGo(segment: number): void {
    for (const event of this.#ledger.events.values()) {
      if (event.segment === segment && event.state !== null) this.#mayGo('the body of event', event.id);
    }
  }

  #mayGo(what: string, id: number): void {
    const { keptMs, wall, wasSet } = this.#around;
    const broken = (says: string) => this.#verdicts.broken('retention', `${what} ${id} went, ${says}`);
    const event = this.#ledger.events.get(id);
    if (keptMs === null) return broken('and nothing may');
    if (this.#ledger.isNeeded(id)) return broken(`which is ${event?.state} and needed`);
    const age = wall() - (event?.receivedAt ?? 0);
    if (age < keptMs && !wasSet(3_600_000)) broken(`${Math.round(age)} ms after it came; its term is ${keptMs} ms`);
  }

  #arrived(id: number, state: string): void {
    const entry = this.#ledger.notifications.get(id);
    if (entry !== undefined && entry.arrivals === 0) {
      this.#verdicts.broken(
        'lost',
        `notification ${id} of event ${entry.eventId} is ${state}, and never arrived at ${entry.destination}`,
      );
    }
  }
}

function isLease(value: unknown): value is Held {
  return value instanceof Object && 'lane' in value && 'owner' in value && 'epoch' in value;
}
