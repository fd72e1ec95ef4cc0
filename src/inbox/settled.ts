import type { EventId, Settled } from '../model/event.ts';
import type { StoredExpansion } from './stored-expansion.ts';
import { parsedOrNull } from './stored-json.ts';

/** What both engines keep of an event that settles, or did. */
export interface SettledRow {
  /** False or 0: it was not. */
  readonly hasSettled: boolean | number;
  /** JSON. */
  readonly labels: string | null;
  readonly isDraft: boolean | number | null;
}

export function settledOf({ hasSettled, labels, isDraft }: SettledRow): Settled | null {
  if (!hasSettled) return null;
  return { labels: parsedOrNull(labels), isDraft: isDraft === null ? null : Boolean(isDraft) };
}

/** The last word on a thread, field by field, with the event that has it; 0: nobody says anything. */
export interface ThreadNews {
  readonly thread: string;
  /** JSON. */
  readonly labels: string | null;
  readonly labelsFrom: EventId;
  readonly isDraft: boolean | null;
  readonly draftFrom: EventId;
}

/**
 * What a batch says of each thread. Of several events the last in id order has the last word: whoever settles on the thread
 * learns it if that event came later than itself, and than what it learned before.
 */
export function newsByThread(expansions: readonly StoredExpansion[]): readonly ThreadNews[] {
  const threads = new Map<string, ThreadNews>();
  for (const { eventId, news } of expansions.toSorted((a, b) => a.eventId - b.eventId)) {
    if (news === null) continue;
    const { thread, settled } = news;
    const before = threads.get(thread) ?? { thread, labels: null, labelsFrom: 0, isDraft: null, draftFrom: 0 };
    threads.set(thread, {
      ...before,
      ...(settled.labels !== null && { labels: JSON.stringify(settled.labels), labelsFrom: eventId }),
      ...(settled.isDraft !== null && { isDraft: settled.isDraft, draftFrom: eventId }),
    });
  }
  return [...threads.values()].filter(({ labelsFrom, draftFrom }) => labelsFrom > 0 || draftFrom > 0);
}
