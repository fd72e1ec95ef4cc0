import type { Origin } from '../../model/event.ts';
import type { Expansion, NewNotification } from '../../model/inbox.ts';
import { alreadyTold, suspicion } from '../reasons.ts';
import { pgKey } from './pg-text.ts';

/** What is stored of a pending event. */
export interface Fact {
  readonly id: number;
  readonly source: string;
  readonly guid: string;
  readonly type: string;
  readonly origin: Origin;
  readonly replays: number;
  readonly released: boolean;
  /** It settles, or did. */
  readonly isHeld: boolean;
}

/** An event that is decided already, and what came with its body. */
export interface Body {
  readonly eventId: number;
  readonly source: string;
  readonly guid: string;
  readonly type: string;
}

/** A notification that is written already. */
export interface Told {
  readonly eventId: number;
  readonly origin: Origin;
}

/** What the database holds that a batch may repeat. */
export interface Known {
  /** The first decided events with a body, by `bodyKey`; none that contradicts itself. */
  readonly bodies: Map<string, readonly Body[]>;
  /** By `toldKey` of destination and dedup key. */
  readonly dedup: Map<string, Told>;
  /** By `toldKey` of destination and echo key. */
  readonly echoes: Map<string, readonly Told[]>;
}

export interface Judged {
  readonly fact: Fact;
  readonly expansion: Expansion;
  readonly suspectOf: number | null;
  /** Those that are to be written. */
  readonly notifications: readonly NewNotification[];
}

export const bodyKey = (digest: Uint8Array): string => Buffer.from(digest).toString('base64');
export const toldKey = (destination: string, key: string): string => `${destination}\n${pgKey(key)}`;

/**
 * What becomes of a batch, event by event in order; each sees what those before it left, in the database or in this batch.
 * `known` is changed. The rules are those of Backlog.expand (src/model/inbox.ts).
 */
export function judge(batch: readonly { fact: Fact; expansion: Expansion }[], known: Known): readonly Judged[] {
  return batch.map(({ fact, expansion }) => {
    const judged = judgeOne(fact, expansion, known);
    if (expansion.state !== 'quarantined') remember(fact, expansion, known);
    return judged;
  });
}

function judgeOne(fact: Fact, expansion: Expansion, known: Known): Judged {
  const untold = { fact, suspectOf: null, notifications: [] };
  if (expansion.notifications.length === 0) return { ...untold, expansion };
  const held = heldBack(fact, expansion, known);
  if (held !== null) {
    const { reason, suspectOf } = held;
    return { ...untold, expansion: { ...expansion, state: 'quarantined', reason }, suspectOf };
  }
  const earlier = expansion.notifications.map((notification) => toldBefore(fact, notification, known));
  const notifications = expansion.notifications.filter((_, index) => earlier[index] === null);
  if (notifications.length > 0) return { fact, expansion, suspectOf: null, notifications };
  return { ...untold, expansion: { ...expansion, state: 'skipped', reason: alreadyTold(earlier[0] ?? fact.id) } };
}

/** Why it looks like a replay, and of which event; null: it does not. Who was released or replayed on purpose is not asked. */
function heldBack(fact: Fact, { bodyDigest, strangers }: Expansion, { bodies }: Known) {
  if (fact.replays > 0 || fact.released) return null;
  const first = (bodies.get(bodyKey(bodyDigest)) ?? [])
    .filter(({ eventId, source }) => eventId < fact.id && !strangers.includes(source))
    .reduce<Body | null>((least, body) => (least !== null && least.eventId < body.eventId ? least : body), null);
  if (first === null || (first.guid === fact.guid && first.type === fact.type)) return null;
  const reason = suspicion(first.eventId, { guid: first.guid !== fact.guid });
  return { reason, suspectOf: first.eventId };
}

function remember({ id, source, guid, type }: Fact, { bodyDigest }: Expansion, { bodies }: Known): void {
  const key = bodyKey(bodyDigest);
  bodies.set(key, [...(bodies.get(key) ?? []), { eventId: id, source, guid, type }]);
}

/** The event it was told as; null: it is told now, and noted. */
function toldBefore(fact: Fact, notification: NewNotification, { dedup, echoes }: Known): number | null {
  const { destination, dedupKey, echoKey, isReplay } = notification;
  const echo = echoKey === null ? null : toldKey(destination, echoKey);
  if (echo !== null && !isReplay) {
    // Two webhooks, or two polled events, that look alike are two happenings; one of each is one happening told two ways.
    const other = echoes.get(echo)?.find(({ origin }) => (origin === 'poll') !== (fact.origin === 'poll'));
    if (other !== undefined) return other.eventId;
  }
  const key = toldKey(destination, dedupKey);
  const same = dedup.get(key);
  if (same !== undefined) return same.eventId;
  const told = { eventId: fact.id, origin: fact.origin };
  dedup.set(key, told);
  if (echo !== null) echoes.set(echo, [...(echoes.get(echo) ?? []), told]);
  return null;
}
