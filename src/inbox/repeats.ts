import type { EventId, Origin } from '../model/event.ts';
import { alreadyTold, suspicion } from './reasons.ts';
import type { StoredExpansion, StoredNotification } from './stored-expansion.ts';

/** What is stored of a pending event. */
export interface PendingEvent {
  readonly id: EventId;
  readonly source: string;
  readonly guid: string;
  readonly type: string;
  readonly origin: Origin;
  readonly replays: number;
  readonly released: boolean | number;
}

/** What the expander decided about an event, before it is compared with what came earlier. */
export interface Proposal<Event extends PendingEvent = PendingEvent> {
  readonly event: Event;
  readonly expansion: StoredExpansion;
}

/** The same afterwards: the expansion's state and reason are final. */
export interface Checked<Event extends PendingEvent = PendingEvent> extends Proposal<Event> {
  /** The original of what is quarantined as a copy. */
  readonly suspectOf: EventId | null;
  /** Those that are to be written. */
  readonly notifications: readonly StoredNotification[];
}

/** An event that is decided already, and what came with its body. */
export interface Original {
  readonly eventId: EventId;
  readonly source: string;
  readonly guid: string;
  readonly type: string;
}

/** A notification that is written already. */
export interface WrittenNotification {
  readonly eventId: EventId;
  readonly origin: Origin;
}

/**
 * What a batch may repeat: first what an engine found stored, then also what the batch itself adds, event by event. For every
 * proposal an engine adds what is said here, and may add more of it.
 */
export class Earlier {
  readonly #originals = new Map<string, Original[]>();
  readonly #byDedupKey = new Map<string, WrittenNotification>();
  readonly #byEchoKey = new Map<string, WrittenNotification[]>();

  /**
   * Where `comparesBody`: the first event with this body that is decided, has no unrelated source, and does not contradict itself
   * (quarantined as nobody's copy). It may have come later: what settled meanwhile is decided after it.
   */
  addOriginal(digest: Uint8Array, original: Original): void {
    append(this.#originals, bodyKey(digest), original);
  }

  /** Of each notification: the one with its dedup key. */
  addWritten(destination: string, dedupKey: string, written: WrittenNotification): void {
    this.#byDedupKey.set(keyAt(destination, dedupKey), written);
  }

  /** Of each notification with an echo key: one with that key of each family of origins. */
  addEcho(destination: string, echoKey: string, written: WrittenNotification): void {
    append(this.#byEchoKey, keyAt(destination, echoKey), written);
  }

  originals(digest: Uint8Array): readonly Original[] {
    return this.#originals.get(bodyKey(digest)) ?? [];
  }

  written(destination: string, dedupKey: string): WrittenNotification | undefined {
    return this.#byDedupKey.get(keyAt(destination, dedupKey));
  }

  echoes(destination: string, echoKey: string): readonly WrittenNotification[] {
    return this.#byEchoKey.get(keyAt(destination, echoKey)) ?? [];
  }
}

const bodyKey = ({ buffer, byteOffset, length }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, length).toString('latin1');
const keyAt = (destination: string, key: string): string => `${destination}\n${key}`;

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

/** Whether an equal body would make it a copy: never what was released or replayed on purpose, or nobody is told. */
export function comparesBody({ event, expansion }: Proposal): boolean {
  return !expansion.bodyMayRepeat && event.replays === 0 && !event.released && expansion.notifications.length > 0;
}

/**
 * The law of what repeats, the same for every engine (its words: Backlog.expand in src/model/inbox/backlog.ts). What becomes of a batch,
 * event by event in order: each sees what those before it left, stored or in this batch. Pure, but that `earlier` learns.
 */
export function checkRepeats<Event extends PendingEvent>(
  batch: readonly Proposal<Event>[],
  earlier: Earlier,
): readonly Checked<Event>[] {
  return batch.map((proposal) => {
    const checked = checkOne(proposal, earlier);
    // One that contradicts itself is nobody's original.
    if (proposal.expansion.state !== 'quarantined') learnOriginal(proposal, earlier);
    return checked;
  });
}

function checkOne<Event extends PendingEvent>(proposal: Proposal<Event>, earlier: Earlier): Checked<Event> {
  const { event, expansion } = proposal;
  const nothing = { event, suspectOf: null, notifications: [] };
  if (expansion.notifications.length === 0) return { ...nothing, expansion };
  const original = copiedFrom(proposal, earlier);
  if (original !== null) {
    const reason = suspicion(original.eventId, { guid: original.guid !== event.guid });
    return { ...nothing, expansion: { ...expansion, state: 'quarantined', reason }, suspectOf: original.eventId };
  }
  const earlierIds = expansion.notifications.map((notification) => writtenBefore(event, notification, earlier));
  const notifications = expansion.notifications.filter((_, index) => earlierIds[index] === null);
  if (notifications.length > 0) return { event, expansion, suspectOf: null, notifications };
  return { ...nothing, expansion: { ...expansion, state: 'skipped', reason: alreadyTold(earlierIds[0] ?? event.id) } };
}

/** Whose copy it looks like; null: nobody's. The same guid and type is one happening through a second hook. */
function copiedFrom(proposal: Proposal, earlier: Earlier): Original | null {
  if (!comparesBody(proposal)) return null;
  const { event, expansion } = proposal;
  const first = earlier
    .originals(expansion.bodyDigest)
    .filter(({ source }) => !expansion.unrelatedSources.includes(source))
    .reduce<Original | null>((least, each) => (least !== null && least.eventId < each.eventId ? least : each), null);
  return first === null || (first.guid === event.guid && first.type === event.type) ? null : first;
}

function learnOriginal({ event: { id, source, guid, type }, expansion }: Proposal, earlier: Earlier): void {
  earlier.addOriginal(expansion.bodyDigest, { eventId: id, source, guid, type });
}

/** The event it was written for; null: it is written now, which `earlier` learns. */
function writtenBefore(event: PendingEvent, notification: StoredNotification, earlier: Earlier): EventId | null {
  const { destination, dedupKey, echoKey, isReplay } = notification;
  if (echoKey !== null && !isReplay) {
    // Two webhooks, or two polled events, that look alike are two happenings; one of each is one happening told two ways.
    const other = earlier
      .echoes(destination, echoKey)
      .find(({ origin }) => isPolled(origin) !== isPolled(event.origin));
    if (other !== undefined) return other.eventId;
  }
  const same = earlier.written(destination, dedupKey);
  if (same !== undefined) return same.eventId;
  const written = { eventId: event.id, origin: event.origin };
  earlier.addWritten(destination, dedupKey, written);
  if (echoKey !== null) earlier.addEcho(destination, echoKey, written);
  return null;
}

function isPolled(origin: Origin): boolean {
  return origin === 'poll';
}
