import type { Mute, Mutes } from '../../../model/inbox/mutes.ts';
import { pgKey, pgText } from '../pg-text.ts';
import type { Query } from '../server/database.ts';

const MUTE = `
  INSERT INTO tidings.mutes (thread, whom, until, wished_by, at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (thread, whom) DO UPDATE SET until = excluded.until, wished_by = excluded.wished_by, at = excluded.at`;

const SELECT = `SELECT thread, whom, until, wished_by AS "by", at FROM tidings.mutes WHERE (until IS NULL OR until > $1)`;

/** What nobody wants to hear of any more. */
export function muteOps(db: Query): Mutes {
  return {
    async mute({ thread, whom, until, by, at }) {
      await db.rows(MUTE, [pgKey(thread), pgKey(whom), until, pgText(by), at]);
    },

    async unmute(thread, whom) {
      const sql = 'DELETE FROM tidings.mutes WHERE thread = $1 AND whom = $2 RETURNING 1';
      return (await db.rows(sql, [pgKey(thread), pgKey(whom)])).length > 0;
    },

    mutes(threads, now) {
      const keys = threads.map((thread) => pgKey(thread));
      return db.rows<Mute>(`${SELECT} AND thread = ANY($2::text[]) ORDER BY thread, whom`, [now, keys]);
    },

    mutesOf: (whom, now, limit) =>
      db.rows<Mute>(`${SELECT} AND whom = $2 ORDER BY at DESC, thread LIMIT $3`, [now, pgKey(whom), limit]),
  };
}
