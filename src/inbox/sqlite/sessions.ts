import { type Session, shortFrom } from '../../model/inbox/sessions.ts';
import { type Database, one, transaction } from './database.ts';

const OPEN = `
  INSERT INTO sessions (id_hash, role, token_print, came_from, started_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (id_hash) DO NOTHING`;

const SELECT = `
  SELECT id_hash AS idHash, role, token_print AS tokenPrint, came_from AS "from", started_at AS startedAt, expires_at AS expiresAt
  FROM sessions WHERE id_hash = ? AND is_ended = 0 AND expires_at > ?`;

/** Who is logged in at a browser. On the writer's thread, which is there anyway: each request of a page asks. */
export function sessionOps(db: Database) {
  const open = db.prepare(OPEN);
  const forgetExpired = db.prepare('DELETE FROM sessions WHERE expires_at <= ?');
  const select = db.prepare(SELECT);
  const end = db.prepare('UPDATE sessions SET is_ended = 1 WHERE id_hash = ?');

  return {
    openSession: (session: Session, now: number): boolean =>
      transaction(db, () => {
        const { idHash, role, tokenPrint, from, startedAt, expiresAt } = session;
        forgetExpired.run(now);
        return open.run(idHash, role, tokenPrint, shortFrom(from), startedAt, expiresAt).changes > 0;
      }),

    session: (idHash: string, now: number): Session | null => kept(one<Session>(select, idHash, now)),

    endSession(idHash: string): void {
      end.run(idHash);
    },
  };
}

/** A plain object, on whatever thread. */
function kept(row: Session | undefined): Session | null {
  return row === undefined ? null : { ...row };
}
