import { UNTOLD_LOOKED_AT } from '../../model/fate.ts';
import { CAUSE_EVENTS, type Cause } from '../../model/inbox/archive.ts';
import { causeOf } from '../../model/trouble/cause.ts';

/** What both engines read of a message or an event that went wrong. */
export interface TroubleRow {
  readonly kind: Cause['kind'];
  readonly place: string;
  readonly reason: string | null;
  readonly eventId: number;
  readonly at: number;
}

export const TROUBLE_STATES = ['quarantined', 'failed'] as const;

/** Newest first of each kind: those of one place and cause in one, what happened last first. `full`: kinds of which not all were read. */
export function groupCauses(rows: readonly TroubleRow[], full: ReadonlySet<Cause['kind']>): readonly Cause[] {
  const groups = Map.groupBy(
    rows.map((row) => ({ ...row, cause: causeOf(row.reason) })),
    ({ kind, place, cause }) => JSON.stringify([kind, place, cause]),
  );
  return [...groups.values()]
    .flatMap((some) => (some[0] === undefined ? [] : [causeOfAll(some[0], some, full)]))
    .toSorted((a, b) => b.lastAt - a.lastAt);
}

function causeOfAll(
  { kind, place, cause, reason }: TroubleRow & Pick<Cause, 'cause'>,
  some: readonly TroubleRow[],
  full: ReadonlySet<Cause['kind']>,
): Cause {
  const times = some.map(({ at }) => at);
  return {
    kind,
    place,
    cause,
    reason,
    count: some.length,
    firstAt: times.reduce((a, b) => Math.min(a, b)),
    lastAt: times.reduce((a, b) => Math.max(a, b)),
    eventIds: [...new Set(some.map(({ eventId }) => eventId))].slice(0, CAUSE_EVENTS),
    isMore: full.has(kind),
  };
}

/** Kinds of which as many were looked at as ever are. */
export function fullKinds(
  looked: readonly { readonly kind: Cause['kind']; readonly count: number }[],
): ReadonlySet<Cause['kind']> {
  return new Set(looked.filter(({ count }) => count >= UNTOLD_LOOKED_AT).map(({ kind }) => kind));
}
