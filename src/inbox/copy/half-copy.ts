import { type Cursors, InboxUnavailableError } from '../../model/inbox.ts';
import { MARKER } from './tables.ts';

/** @throws InboxUnavailableError when the database is half a copy: what is started on it would tell half, and spoil it. */
export async function refuseHalfCopy(cursors: Cursors): Promise<void> {
  const marker = await cursors.recall(MARKER);
  if (marker === null || JSON.parse(marker).finishedAt !== null) return;
  throw new InboxUnavailableError(
    'The database is a copy that was cut off, or that did not turn out the same: give the same `migrate --from … --to …` ' +
      'again, or go on with the old database.',
  );
}
