import type { Cursors } from '../../../model/inbox.ts';

/** Where polling of one repository has got to. */
export interface PollCursor {
  /** What happened before it is not told, ms since 1970. */
  readonly since: number;
  /** Of the newest page, once all that is on it was stored. */
  readonly etag: string | null;
  /** Ids that were looked at: GitHub adds events late and not in order, so no single id says how far we are. */
  readonly seen: readonly string[];
}

/** GitHub's list has 300 events; twice that, for those it adds late. */
export const IDS_KEPT = 600;

export async function recallCursor(cursors: Cursors, name: string): Promise<PollCursor | null> {
  const text = await cursors.recall(name);
  return text === null ? null : (JSON.parse(text) as PollCursor);
}

export function rememberCursor(cursors: Cursors, name: string, cursor: PollCursor): Promise<void> {
  return cursors.remember(name, JSON.stringify(cursor));
}
