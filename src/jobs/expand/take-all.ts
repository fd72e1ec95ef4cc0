import type { Activity } from '../../model/activity.ts';
import type { Destination } from '../../model/destination.ts';
import type { StoredEvent } from '../../model/event.ts';
import type { Expansion, NewNotification } from '../../model/inbox/backlog.ts';
import { activity } from '../../model/new-activity.ts';
import { ASKED, TAKES_ALL } from '../../model/rule.ts';
import type { Source } from '../../model/source.ts';
import { copyTerms } from './copies.ts';

export type Taker = Pick<Destination, 'name' | 'takesAll' | 'isAsked'>;

/**
 * An event as it came, for those who take all of its source: beside what rules decided, and instead of what they would tell the same
 * destination. Not what looks forged, is damaged, was asked for and never sent, or is of a source that is gone; what settles they get once
 * it is decided. What is asked of one of them nobody else is told, and it is answered at once. Pure.
 */
export function withTakers(
  expansion: Expansion,
  { event, activity: said }: { readonly event: StoredEvent; readonly activity: Activity | null },
  { takers, sources }: { readonly takers: readonly Taker[]; readonly sources: ReadonlyMap<string, Source> },
): Expansion {
  const { state, reason } = expansion;
  if (state === 'quarantined') return expansion;
  const asked = askedOf(event, takers);
  if (state === 'pending' && asked.length === 0) return expansion;
  const names = [...asked, ...takersOf(event, takers)];
  if (names.length === 0 || !sources.has(event.source)) return expansion;
  const told =
    asked.length > 0 ? [] : expansion.notifications.filter(({ destination }) => !names.includes(destination));
  const nobody = told.length === 0 && reason !== null;
  const taken = nobody ? `${names.join(', ')} takes all of it; else nobody is told: ${reason}` : reason;
  return {
    ...expansion,
    ...copyTerms(event.source, sources),
    state: 'routed',
    settle: null,
    reason: asked.length > 0 ? `it is asked of ${asked.join(', ')}: no rule tells it` : taken,
    notifications: [
      ...told,
      ...names.map((name) => takenBy(name, asked.includes(name) ? ASKED : TAKES_ALL, event, said ?? unread(event))),
    ],
  };
}

type Came = Pick<StoredEvent, 'origin' | 'source' | 'damage'>;

/** Who takes it whatever it is, by name: not what was asked for and never sent, nor what is damaged. */
export function takersOf(event: Came, takers: readonly Taker[]): readonly string[] {
  return allOf(event, takers).flatMap(({ name, isAsked }) => (isAsked === undefined ? [name] : []));
}

/** It is asked of one of them, so that nobody else is told. */
export function isAsk(event: StoredEvent, takers: readonly Taker[] = []): boolean {
  return askedOf(event, takers).length > 0;
}

function askedOf(event: StoredEvent, takers: readonly Taker[]): readonly string[] {
  return allOf(event, takers).flatMap(({ name, isAsked }) => (isAsked?.(event) ? [name] : []));
}

function allOf({ origin, source, damage }: Came, takers: readonly Taker[]): readonly Taker[] {
  if (origin === 'poll' || damage !== undefined) return [];
  return takers.filter((taker) => taker.takesAll?.(source));
}

/** By the delivery: two deliveries about one happening are two. */
function takenBy(destination: string, rule: string, event: StoredEvent, about: Activity): NewNotification {
  const { source, deliveryId, replays } = event;
  const dedup = `${source} ${deliveryId}`;
  const isReplay = replays > 0;
  return {
    destination,
    rule,
    activity: { ...about, keys: { dedup, echo: null, thread: null, burst: null } },
    transition: null,
    mentions: [],
    dedupKey: isReplay ? `${dedup}#replay-${replays}` : dedup,
    echoKey: null,
    isReplay,
    notBefore: null,
  };
}

/** What its type says, where nobody can say more. */
export function unread({ source, type, deliveryId }: StoredEvent): Activity {
  const none = { action: null, actor: null, subject: null } as const;
  return activity({ ...none, kind: type, type, source, headline: type, tone: 'neutral', dedupKey: deliveryId });
}
