import type { EventId } from '../../model/event.ts';
import type { ReplaySelection, UntoldSelection } from '../../model/inbox/archive.ts';
import type { NotificationId } from '../../model/notification.ts';

/** A message that nobody got, as it was found. */
export interface UntoldRow {
  readonly id: NotificationId;
  readonly eventId: EventId;
  readonly reason: string | null;
}

/** What one statement or transaction takes: a receipt waits no longer for it than for any other. */
const AT_ONCE = 1_000;

/** Does `work` for some at a time, in this order: how many it concerned in all. */
export async function inSteps<T>(all: readonly T[], work: (some: readonly T[]) => Promise<number>): Promise<number> {
  let count = 0;
  for (let from = 0; from < all.length; from += AT_ONCE) count += await work(all.slice(from, from + AT_ONCE));
  return count;
}

/** Each once, in their order. */
export function eventsOf(rows: readonly Pick<UntoldRow, 'eventId'>[]): readonly EventId[] {
  return [...new Set(rows.map(({ eventId }) => eventId))];
}

export function isUntold(selection: ReplaySelection): selection is UntoldSelection {
  return 'state' in selection && (selection.state === 'dead' || selection.state === 'unknown');
}

export function drainedBy(by: string): string {
  return `drained by ${by}`;
}
