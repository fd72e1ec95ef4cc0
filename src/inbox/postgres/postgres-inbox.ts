import { type Inbox, InboxUnavailableError } from '../../model/inbox.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Secret } from '../../shared/secret.ts';
import { GroupCommit } from '../group-commit.ts';
import { appendOps, BATCHES_UNDER_WAY } from './append.ts';
import { archiveOps } from './archive.ts';
import { backlogOps } from './backlog.ts';
import { bringBackOps } from './bring-back.ts';
import { cursorOps } from './cursors.ts';
import { type Database, openDatabase } from './database.ts';
import { placeOf } from './errors.ts';
import { historyOps } from './history.ts';
import { laneOps } from './lanes.ts';
import { listOps } from './list.ts';
import { listen } from './listen.ts';
import { migrate, newestSchemaVersion, schemaVersion } from './migrate.ts';
import { outboxOps } from './outbox.ts';
import { replayOps } from './replay.ts';
import { resultOps } from './results.ts';
import { vitalsOps } from './vitals.ts';

export interface PostgresInboxOptions {
  /** `postgres://user:password@host:port/database`, with `sslmode` and whatever else `pg` takes. */
  readonly url: Secret;
  readonly clock: Clock;
  /** False: tables that are not there are not made. */
  readonly creates?: boolean | undefined;
}

const PROBE = `
  INSERT INTO tidings.lanes (lane) VALUES ('expand') ON CONFLICT (lane) DO UPDATE SET lane = excluded.lane
  RETURNING (SELECT coalesce(max(id), 0) FROM tidings.events) AS "lastEventId"`;

/**
 * The inbox that several machines share. A lost connection is a pause: every call says so with InboxUnavailableError until
 * the server is back.
 * @throws DatabaseTooNewError when a newer Tidings made the tables; InboxUnavailableError when it cannot be reached
 */
export async function openPostgresInbox({ url, clock, creates = true }: PostgresInboxOptions): Promise<Inbox> {
  const place = placeOf(url.reveal());
  const db = openDatabase(url, place);
  try {
    if (!creates) await mustBeThere(db, place);
    await migrate(db);
  } catch (error) {
    await db.close();
    throw error;
  }
  const now = () => clock.now();
  const { append } = appendOps(db);
  const intake = new GroupCommit(append, now, BATCHES_UNDER_WAY);
  const backlog = backlogOps(db, now);
  const outbox = outboxOps(db, now);
  const news = listen(db, clock);
  let closed: Promise<void> | undefined;

  function forget(): void {
    backlog.forget();
    outbox.forget();
  }

  return {
    ...backlog,
    ...bringBackOps(db, forget),
    ...resultOps(db),
    ...laneOps(db),
    ...outbox,
    ...listOps(db),
    ...archiveOps(db),
    ...vitalsOps(db),
    ...historyOps(db),
    ...replayOps(db, forget),
    ...cursorOps(db),
    append: (event) => intake.append(event),
    async check() {
      const [probe] = await db.rows<{ lastEventId: number }>(PROBE);
      const version = await schemaVersion(db);
      return { engine: `postgres ${place}`, schemaVersion: version, lastEventId: probe?.lastEventId ?? 0 };
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

/** A question asked of the wrong database must not leave tables there, which then answer "nothing". */
async function mustBeThere(db: Database, place: string): Promise<void> {
  if ((await schemaVersion(db)) > 0) return;
  throw new InboxUnavailableError(
    `There is nothing of Tidings in the database ${place} yet. Start Tidings first, or correct DATABASE_URL.`,
  );
}
