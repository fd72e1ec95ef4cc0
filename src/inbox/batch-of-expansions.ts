import type { EventId } from '../model/event.ts';
import type { Checked, PendingEvent, Proposal } from './repeats.ts';
import type { StoredExpansion } from './stored-expansion.ts';

/** It is read again later. */
export type SettlingExpansion = StoredExpansion & { readonly settle: NonNullable<StoredExpansion['settle']> };

/** A batch without those that are no longer pending. */
export interface SortedBatch<Event extends PendingEvent> {
  readonly settling: readonly SettlingExpansion[];
  /** To be decided now. */
  readonly proposals: readonly Proposal<Event>[];
}

export function sortBatch<Event extends PendingEvent>(
  expansions: readonly StoredExpansion[],
  pending: ReadonlyMap<EventId, Event>,
): SortedBatch<Event> {
  const settling: SettlingExpansion[] = [];
  const proposals: Proposal<Event>[] = [];
  for (const expansion of expansions) {
    const event = pending.get(expansion.eventId);
    if (event === undefined) continue;
    const { settle } = expansion;
    if (expansion.state !== 'pending') proposals.push({ event, expansion });
    else if (settle !== null) settling.push({ ...expansion, settle });
  }
  return { settling, proposals };
}

/** Those whose news and results count: what is quarantined is not believed. */
export function believed<Event extends PendingEvent>(
  settling: readonly StoredExpansion[],
  checked: readonly Checked<Event>[],
): readonly StoredExpansion[] {
  const expansions = checked.map(({ expansion }) => expansion);
  return [...settling, ...expansions.filter(({ state }) => state !== 'quarantined')];
}
