import type { Origin } from '../../model/event.ts';
import type { Expansion, NewNotification } from '../../model/inbox.ts';
import { alreadyTold, suspicion } from '../reasons.ts';
import { pgKey } from './pg-text.ts';

/** What is stored of a pending event. */
export interface Fact {
  readonly id: number;
  readonly source: string;
  readonly guid: string;
  readonly origin: Origin;
  readonly replays: number;
  readonly released: boolean;
  /** It settles, or did. */
  readonly isHeld: boolean;
}

/** An event that is decided already, with its body's digest and guid. */
export interface Body {
  readonly eventId: number;
  readonly guid: string;
}

/** A notification that is written already. */
export interface Told {
  readonly eventId: number;
  readonly origin: Origin;
}

/** What the database holds that a batch may repeat. */
export interface Known {
  /** The first decided event with this source and body: `bodyKey`. */
  readonly bodies: Map<string, Body>;
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

export const bodyKey = (source: string, digest: Uint8Array): string =>
  `${Buffer.from(digest).toString('base64')} ${source}`;
export const toldKey = (destination: string, key: string): string => `${destination}\n${pgKey(key)}`;

/**
 * What becomes of a batch, event by event in order; each sees what those before it left, in the database or in this batch.
 * `known` is changed. The rules are those of Backlog.expand (src/model/inbox.ts).
 */
export function judge(batch: readonly { fact: Fact; expansion: Expansion }[], known: Known): readonly Judged[] {
  return batch.map(({ fact, expansion }) => {
    const judged = judgeOne(fact, expansion, known);
    const key = bodyKey(fact.source, expansion.bodyDigest);
    const first = known.bodies.get(key);
    if (first === undefined || first.eventId > fact.id) known.bodies.set(key, { eventId: fact.id, guid: fact.guid });
    return judged;
  });
}

function judgeOne(fact: Fact, expansion: Expansion, known: Known): Judged {
  const untold = { fact, suspectOf: null, notifications: [] };
  if (expansion.notifications.length === 0) return { ...untold, expansion };
  const original = suspectOf(fact, expansion, known);
  if (original !== null) {
    const reason = suspicion(fact.id, original);
    return { ...untold, expansion: { ...expansion, state: 'quarantined', reason }, suspectOf: original };
  }
  const earlier = expansion.notifications.map((notification) => toldBefore(fact, notification, known));
  const notifications = expansion.notifications.filter((_, index) => earlier[index] === null);
  if (notifications.length > 0) return { fact, expansion, suspectOf: null, notifications };
  return { ...untold, expansion: { ...expansion, state: 'skipped', reason: alreadyTold(earlier[0] ?? fact.id) } };
}

/** The first event with this body, when it came under another guid. Who was released or replayed on purpose is not asked. */
function suspectOf(fact: Fact, { bodyDigest }: Expansion, { bodies }: Known): number | null {
  if (fact.replays > 0 || fact.released) return null;
  const first = bodies.get(bodyKey(fact.source, bodyDigest));
  return first === undefined || first.eventId >= fact.id || first.guid === fact.guid ? null : first.eventId;
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
