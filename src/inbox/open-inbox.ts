import { existsSync } from 'node:fs';
import { type Inbox, InboxUnavailableError } from '../model/inbox.ts';
import type { Clock } from '../shared/clock.ts';
import { refuseHalfCopy } from './copy/half-copy.ts';
import type { DatabaseAddress } from './schema.ts';
import { openSqliteInbox } from './sqlite/sqlite-inbox.ts';

/**
 * The inbox at this address, made when it is not there.
 * @throws InboxUnavailableError also when it is half a copy; DatabaseTooNewError when a newer Tidings wrote it
 */
export function openInbox(database: DatabaseAddress, clock: Clock): Promise<Inbox> {
  return whole(connect(database, clock, true));
}

/** For questions: one asked of the wrong place must not leave an empty inbox there, which then answers "nothing". */
export async function openExisting(database: DatabaseAddress, clock: Clock): Promise<Inbox> {
  if (database.kind === 'sqlite' && !existsSync(database.path)) {
    throw new InboxUnavailableError(
      `There is no database at ${database.path} yet. Start Tidings here first, or set DATA_DIR to the folder it uses.`,
    );
  }
  return whole(connect(database, clock, false));
}

/** Only who names a Postgres loads its client. */
async function connect(database: DatabaseAddress, clock: Clock, creates: boolean): Promise<Inbox> {
  switch (database.kind) {
    case 'sqlite':
      return openSqliteInbox({ path: database.path, clock });
    case 'postgres': {
      const { openPostgresInbox } = await import('./postgres/postgres-inbox.ts');
      return openPostgresInbox({ url: database.url, clock, creates });
    }
  }
}

async function whole(opening: Promise<Inbox>): Promise<Inbox> {
  const inbox = await opening;
  try {
    await refuseHalfCopy(inbox);
    return inbox;
  } catch (error) {
    await inbox[Symbol.asyncDispose]();
    throw error;
  }
}
