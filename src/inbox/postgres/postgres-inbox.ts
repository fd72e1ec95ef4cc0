import { type Inbox, InboxUnavailableError } from '../../model/inbox.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Secret } from '../../shared/secret.ts';
import type { Access } from '../access.ts';
import { GroupCommit } from '../group-commit.ts';
import { refuseOther, type Upgrade } from '../migrations.ts';
import { accountOps } from './accounts.ts';
import { appendOps, BATCHES_UNDER_WAY } from './append.ts';
import { archiveOps } from './archive/archive.ts';
import { historyOps } from './archive/history.ts';
import { listOps } from './archive/list.ts';
import { replayOps } from './archive/replay.ts';
import { vitalsOps } from './archive/vitals.ts';
import { backlogOps } from './backlog/backlog.ts';
import { bringBackOps } from './backlog/bring-back.ts';
import { resultOps } from './backlog/results.ts';
import { checkOps } from './check.ts';
import { cursorOps } from './cursors.ts';
import { deliveriesIndexOps } from './deliveries-index.ts';
import { forgetOps } from './forget/forget.ts';
import { countsOps } from './hours.ts';
import { knownOps } from './known/known-ops.ts';
import { laneOps } from './lanes.ts';
import { DELIVERIES_BY_GUID, migrate, newestSchemaVersion, schemaVersion } from './migrate.ts';
import { outboxOps } from './outbox.ts';
import { probe, probeReading, refuseIsolation } from './probe.ts';
import { type Database, openDatabase, readingOnly } from './server/database.ts';
import { placeOf } from './server/errors.ts';
import { listen } from './server/listen.ts';
import { sessionOps } from './sessions.ts';
import { bringInOps } from './transfer/bring-in.ts';
import { wholeOps } from './transfer/whole.ts';
import { upkeepOps } from './upkeep/upkeep.ts';

export interface PostgresInboxOptions {
  /** `postgres://user:password@host:port/database`, with `sslmode` and whatever else `pg` takes. */
  readonly url: Secret;
  readonly clock: Clock;
  /** Default: `create`. */
  readonly access?: Access | undefined;
  /** Told when opening it upgraded the database, or made its tables. */
  readonly onUpgrade?: ((upgrade: Upgrade) => void) | undefined;
}

/**
 * The inbox that several machines share. A lost connection is a pause: every call says so with InboxUnavailableError until
 * the server is back.
 * @throws DatabaseTooNewError when a newer Tidings made the tables; DatabaseTooOldError when an older one did, and access is not
 * `create`; InboxUnavailableError when it cannot be reached
 */
export async function openPostgresInbox(options: PostgresInboxOptions): Promise<Inbox> {
  const { url, clock, access = 'create' } = options;
  const place = placeOf(url.reveal());
  const server = openDatabase(url, place);
  const db = access === 'read' ? readingOnly(server) : server;
  const upgrade = await fitted(db, place, access).catch((error: unknown) => closeAndThrow(server, error));
  if (upgrade !== null) options.onUpgrade?.(upgrade);
  const now = () => clock.now();
  const { append } = appendOps(db, db);
  const intake = new GroupCommit(append, now, BATCHES_UNDER_WAY);
  const backlog = backlogOps(db, now);
  const outbox = outboxOps(db, now);
  const news = listen(db, clock);
  let closed: Promise<void> | undefined;

  function forget(): void {
    backlog.forget();
    outbox.forget();
  }

  db.onLost(forget);

  return {
    ...backlog,
    ...bringBackOps(db, forget),
    ...resultOps(db),
    ...laneOps(db),
    ...accountOps(db),
    ...outbox,
    ...askedOps(db),
    ...replayOps(db, now, forget),
    ...cursorOps(db),
    ...wholeOps(db),
    ...checkOps(db),
    ...bringInOps(db, now),
    ...forgetOps(db, now, forget),
    ...knownOps(db, now),
    ...sessionOps(db),
    ...upkeepOps(db, deliveriesIndexOps(db, DELIVERIES_BY_GUID)),
    append: (event) => intake.append(event),
    async check() {
      const lastEventId = await (access === 'read' ? probeReading(server) : probe(db));
      return { engine: `postgres ${place}`, schemaVersion: await schemaVersion(db), lastEventId };
    },
    onWake: (listener) =>
      news.on((what) => {
        if (what.has('replay') || what.has(null)) forget();
        listener();
      }),
    schemaVersion: newestSchemaVersion(),
    // The server may come back at any time: an outage is never the end.
    failed: new Promise(() => {}),
    [Symbol.asyncDispose]: () => (closed ??= Promise.all([news.close(), db.close()]).then(() => undefined)),
  };
}

/** What people and monitors ask. */
function askedOps(db: Database) {
  return { ...listOps(db), ...archiveOps(db), ...vitalsOps(db), ...historyOps(db), ...countsOps(db) };
}

/** Nothing is written where it would not be safe. */
async function fitted(db: Database, place: string, access: Access): Promise<Upgrade | null> {
  const upgrade = access === 'create' ? await migrate(db) : await mustFit(db, place);
  if (access !== 'read') await refuseIsolation(db);
  return upgrade;
}

async function closeAndThrow(server: Database, error: unknown): Promise<never> {
  await server.close();
  throw error;
}

/** A question asked of the wrong database must not leave tables there, which then answer "nothing". */
async function mustFit(db: Database, place: string): Promise<null> {
  const found = await schemaVersion(db);
  if (found === 0) {
    throw new InboxUnavailableError(
      `There is nothing of Tidings in the database ${place} yet. Start Tidings first, or correct DATABASE_URL.`,
    );
  }
  refuseOther(found, newestSchemaVersion());
  return null;
}
