import type { Audited } from '../../../model/inbox/audits.ts';
import { type Mute, NOT_MUTED } from '../../../model/inbox/mutes.ts';
import { dispensable } from '../damage/corrupt.ts';
import { AT_MOST, all, type Database, scalar, transaction } from '../database.ts';
import { auditNoter } from './audits.ts';

const MUTE = `
  INSERT INTO mutes (thread, whom, until, wished_by, at) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (thread, whom) DO UPDATE SET until = excluded.until, wished_by = excluded.wished_by, at = excluded.at`;

const SELECT = `SELECT thread, whom, until, wished_by AS "by", at FROM mutes WHERE (until IS NULL OR until > ?1)`;

/** What nobody wants to hear of any more. */
export function muteOps(db: Database) {
  const insert = db.prepare(MUTE);
  const remove = db.prepare('DELETE FROM mutes WHERE thread = ? AND whom = ?');
  const selectAny = db.prepare('SELECT EXISTS (SELECT 1 FROM mutes)');
  const selectOf = db.prepare(`${SELECT} AND (?2 IS NULL OR whom = ?2) ORDER BY at DESC, thread ${AT_MOST}`);
  const select = db.prepare(`${SELECT} AND thread IN (SELECT value FROM json_each(?2)) ORDER BY thread, whom`);
  const note = auditNoter(db);
  // Where they cannot be read, all is told.
  const dispense = dispensable();

  return {
    mute: ({ thread, whom, until, by, at }: Mute, audited?: Audited): void =>
      transaction(db, () => {
        insert.run(thread, whom, until, by, at);
        if (audited !== undefined) note(audited);
      }),
    unmute: (thread: string, whom: string, audited?: Audited): boolean =>
      transaction(db, () => {
        const wasMuted = remove.run(thread, whom).changes > 0;
        if (audited !== undefined) note(wasMuted ? audited : { ...audited, outcome: NOT_MUTED });
        return wasMuted;
      }),
    hasMutes: (): boolean => dispense(0, () => scalar(selectAny)) === 1,
    mutes: (threads: readonly string[], now: number): readonly Mute[] =>
      (dispense(1, () => all<Mute>(select, now, JSON.stringify(threads))) ?? []).map((row) => ({ ...row })),
    mutesOf: (whom: string | null, now: number, limit: number): readonly Mute[] =>
      all<Mute>(selectOf, now, whom, limit).map((row) => ({ ...row })),
  };
}
