import type { EventId } from '../../../model/event.ts';
import type { Forgotten } from '../../../model/inbox/forgetting.ts';
import { FORGOTTEN } from '../../../model/pruning/gone.ts';
import { type About, aboutOf } from '../../about.ts';
import { all, type Database, transaction } from '../database.ts';
import { wordsForgetter } from '../search/write.ts';
import { withoutForeignKeys } from '../upkeep/without-foreign-keys.ts';

const IDS = '(SELECT value FROM json_each(?))';
const OPEN = `SELECT id FROM notifications WHERE event_id IN ${IDS} AND state IN ('queued', 'dead', 'unknown')`;

/** What is kept of events by their ids, in the order in which it goes. */
const FORGET = [
  `UPDATE attempts SET request = '${FORGOTTEN}', detail = NULL WHERE id IN (
     SELECT an.attempt_id FROM attempt_notifications an JOIN notifications n ON n.id = an.notification_id WHERE n.event_id IN ${IDS})`,
  `DELETE FROM attempt_notifications WHERE notification_id IN (${OPEN})`,
  `DELETE FROM notifications WHERE id IN (${OPEN})`,
  `UPDATE notifications SET activity = NULL, reason = NULL WHERE event_id IN ${IDS}`,
  `DELETE FROM settling WHERE event_id IN ${IDS}`,
  `UPDATE events SET reason = '${FORGOTTEN}', trace = NULL, actor = NULL, about = NULL, state = iif(state IN ('pending', 'quarantined'), 'skipped', state),
     suspect_of = NULL, expanded_at = coalesce(expanded_at, stored_at) WHERE id IN ${IDS}`,
];

interface Keys {
  readonly id: number;
  readonly dedupKey: string;
  readonly echoKey: string | null;
}

/** The writer's part of forgetting: everything but the bytes of bodies, which nothing needs any more afterwards. */
export function forgetOps(db: Database) {
  const forgetWords = wordsForgetter(db);
  const statements = FORGET.map((sql) => db.prepare(sql));
  const selectKeys = db.prepare(
    `SELECT id, dedup_key AS dedupKey, echo_key AS echoKey FROM notifications WHERE event_id IN ${IDS}`,
  );
  const writeKeys = db.prepare('UPDATE notifications SET dedup_key = ?, echo_key = ? WHERE id = ?');
  const selectRepos = db.prepare(`SELECT id, repo FROM events WHERE id IN ${IDS} AND repo IS NOT NULL`);
  const clearRepo = db.prepare('UPDATE events SET repo = NULL WHERE id = ?');

  function forgetNames(about: About, json: string): void {
    for (const { id, dedupKey, echoKey } of all<Keys>(selectKeys, json)) {
      const [dedup, echo] = [about.key(dedupKey), echoKey && about.key(echoKey)];
      if (dedup !== dedupKey || echo !== echoKey) writeKeys.run(dedup, echo, id);
    }
    for (const { id, repo } of all<{ id: EventId; repo: string }>(selectRepos, json)) {
      if (about.isRepo(repo)) clearRepo.run(id);
    }
  }

  return {
    /** What is freed from now on is overwritten, too. Whoever forgets has this connection to itself. */
    overwriteFreed: (): void => db.exec('PRAGMA secure_delete = ON'),

    forgetTexts(what: Forgotten, ids: readonly EventId[]): void {
      const json = JSON.stringify(ids);
      withoutForeignKeys(db, () =>
        transaction(db, () => {
          for (const statement of statements) statement.run(json);
          forgetNames(aboutOf(what), json);
          forgetWords(ids);
        }),
      );
    },

    noteAudit: (what: string, detail: unknown, now: number): number =>
      Number(
        db.prepare('INSERT INTO audit (at, what, detail) VALUES (?, ?, ?)').run(now, what, JSON.stringify(detail))
          .lastInsertRowid,
      ),

    amendAudit(id: number, detail: unknown): void {
      db.prepare('UPDATE audit SET detail = ? WHERE id = ?').run(JSON.stringify(detail), id);
    },

    /** What the log still says is folded into the file and overwritten there, unless somebody reads from it. */
    foldLog: (): void => db.exec('PRAGMA wal_checkpoint(TRUNCATE)'),
  };
}
