import type { Mute } from '../../../model/inbox/mutes.ts';
import { AT_MOST, all, type Database } from '../database.ts';

const MUTE = `
  INSERT INTO mutes (thread, whom, until, wished_by, at) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (thread, whom) DO UPDATE SET until = excluded.until, wished_by = excluded.wished_by, at = excluded.at`;

const SELECT = `SELECT thread, whom, until, wished_by AS "by", at FROM mutes WHERE (until IS NULL OR until > ?)`;

/** What nobody wants to hear of any more. */
export function muteOps(db: Database) {
  const insert = db.prepare(MUTE);
  const remove = db.prepare('DELETE FROM mutes WHERE thread = ? AND whom = ?');
  const selectOf = db.prepare(`${SELECT} AND whom = ? ORDER BY at DESC, thread ${AT_MOST}`);
  const select = db.prepare(`${SELECT} AND thread IN (SELECT value FROM json_each(?)) ORDER BY thread, whom`);

  return {
    mute({ thread, whom, until, by, at }: Mute): void {
      insert.run(thread, whom, until, by, at);
    },
    unmute: (thread: string, whom: string): boolean => remove.run(thread, whom).changes > 0,
    mutes: (threads: readonly string[], now: number): readonly Mute[] =>
      all<Mute>(select, now, JSON.stringify(threads)).map((row) => ({ ...row })),
    mutesOf: (whom: string, now: number, limit: number): readonly Mute[] =>
      all<Mute>(selectOf, now, whom, limit).map((row) => ({ ...row })),
  };
}
