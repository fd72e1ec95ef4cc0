import { type Mute, type Mutes, NOT_MUTED } from '../../../model/inbox/mutes.ts';
import { pgKey, pgText } from '../pg-text.ts';
import type { Database } from '../server/database.ts';
import { noteAudited } from './audits.ts';

const MUTE = `
  INSERT INTO tidings.mutes (thread, whom, until, wished_by, at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (thread, whom) DO UPDATE SET until = excluded.until, wished_by = excluded.wished_by, at = excluded.at`;
const UNMUTE = 'DELETE FROM tidings.mutes WHERE thread = $1 AND whom = $2 RETURNING 1';

const SELECT = `SELECT thread, whom, until, wished_by AS "by", at FROM tidings.mutes WHERE (until IS NULL OR until > $1)`;

/** What nobody wants to hear of any more. */
export function muteOps(db: Database): Mutes {
  return {
    async mute({ thread, whom, until, by, at }, audited) {
      await db.transaction(async (tx) => {
        await tx.rows(MUTE, [pgKey(thread), pgKey(whom), until, pgText(by), at]);
        if (audited !== undefined) await noteAudited(tx, audited);
      });
    },

    unmute: (thread, whom, audited) =>
      db.transaction(async (tx) => {
        const wasMuted = (await tx.rows(UNMUTE, [pgKey(thread), pgKey(whom)])).length > 0;
        if (audited !== undefined) await noteAudited(tx, wasMuted ? audited : { ...audited, outcome: NOT_MUTED });
        return wasMuted;
      }),

    async hasMutes() {
      const [row] = await db.rows<{ found: boolean }>('SELECT EXISTS (SELECT 1 FROM tidings.mutes) AS found');
      return row?.found === true;
    },

    async mutes(threads, now) {
      // A long thread is kept by another name: whoever asks knows it by its own.
      const byKey = new Map(threads.map((thread) => [pgKey(thread), thread]));
      const sql = `${SELECT} AND thread = ANY($2::text[]) ORDER BY thread, whom`;
      const rows = await db.rows<Mute>(sql, [now, [...byKey.keys()]]);
      return rows.map((row) => ({ ...row, thread: byKey.get(row.thread) ?? row.thread }));
    },

    mutesOf(whom, now, limit) {
      const sql = `${SELECT} AND ($2::text IS NULL OR whom = $2) ORDER BY at DESC, thread LIMIT $3`;
      return db.rows<Mute>(sql, [now, pgKey(whom), limit]);
    },
  };
}
