import { existsSync } from 'node:fs';
import { type Inbox, InboxUnavailableError } from '../model/inbox.ts';
import type { Clock } from '../shared/clock.ts';
import type { Access } from './access.ts';
import { refuseHalfCopy } from './copy/half-copy.ts';
import type { Upgrade } from './migrations.ts';
import type { DatabaseAddress } from './schema.ts';
import { openSqliteInbox } from './sqlite/sqlite-inbox.ts';

/**
 * The inbox at this address, made when it is not there, and upgraded when it is older: who is `told` hears of that, and of what in it is damaged.
 * @throws InboxUnavailableError also when it is half a copy; DatabaseTooNewError when a newer Tidings wrote it
 */
export async function openInbox(
  database: DatabaseAddress,
  clock: Clock,
  told: Pick<Opening, 'onUpgrade' | 'onDamage'>,
): Promise<Inbox> {
  const inbox = await connect(database, { clock, access: 'create', ...told });
  return whole(inbox);
}

/**
 * For questions and repairs: asked of the wrong place, they must not leave an empty inbox there that answers "nothing"; asked
 * of an older inbox, they must not take it away from the Tidings that runs on it.
 * @throws as `openInbox`; DatabaseTooOldError
 */
export async function openExisting(
  database: DatabaseAddress,
  clock: Clock,
  access: Exclude<Access, 'create'>,
): Promise<Inbox> {
  if (database.kind === 'sqlite' && !existsSync(database.path)) {
    throw new InboxUnavailableError(
      `There is no database at ${database.path} yet. Start Tidings here first, or set DATA_DIR to the folder it uses.`,
    );
  }
  const inbox = await connect(database, { clock, access });
  return whole(inbox);
}

interface Opening {
  readonly clock: Clock;
  readonly access: Access;
  readonly onUpgrade?: (upgrade: Upgrade) => void;
  readonly onDamage?: (words: string) => void;
}

/** Only who names a Postgres loads its client. */
async function connect(database: DatabaseAddress, opening: Opening): Promise<Inbox> {
  switch (database.kind) {
    case 'sqlite':
      return openSqliteInbox({ path: database.path, ...opening });
    case 'postgres': {
      const { openPostgresInbox } = await import('./postgres/postgres-inbox.ts');
      return openPostgresInbox({ url: database.url, ...opening });
    }
  }
}

async function whole(inbox: Inbox): Promise<Inbox> {
  try {
    await refuseHalfCopy(inbox);
    return inbox;
  } catch (error) {
    await inbox[Symbol.asyncDispose]();
    throw error;
  }
}
