import type { EventId } from '../model/event.ts';
import type { Expanded } from '../model/inbox/backlog.ts';
import { mayPrecede } from '../model/may-precede.ts';
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

/** What of a batch is to be stored. */
interface Standing<Event extends PendingEvent> {
  readonly settling: readonly SettlingExpansion[];
  readonly checked: readonly Checked<Event>[];
  readonly result: Expanded;
}

/**
 * Results were compared with those before them in the batch, too, when nobody knew yet which of those would be quarantined. Up to the first
 * that was compared with such a one, all stands.
 */
export function standing<Event extends PendingEvent>(
  settling: readonly SettlingExpansion[],
  checked: readonly Checked<Event>[],
): Standing<Event> {
  const doubted: StoredExpansion[] = [];
  const misled = checked.find(({ expansion }) => {
    if (expansion.state !== 'quarantined') return doubted.some((other) => wasComparedWith(other, expansion));
    doubted.push(expansion);
    return false;
  });
  if (misled === undefined) return { settling, checked, result: 'done' };
  const pendingFrom = misled.event.id;
  return {
    settling: settling.filter(({ eventId }) => eventId < pendingFrom),
    checked: checked.filter(({ event }) => event.id < pendingFrom),
    result: { pendingFrom },
  };
}

function wasComparedWith({ result: other }: StoredExpansion, { result }: StoredExpansion): boolean {
  return result !== null && mayPrecede(other, result);
}
