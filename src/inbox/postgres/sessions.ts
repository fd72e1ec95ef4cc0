import { type Session, type Sessions, shortFrom } from '../../model/inbox/sessions.ts';
import { pgText } from './pg-text.ts';
import type { Query } from './server/database.ts';

const OPEN = `
  INSERT INTO tidings.sessions (id_hash, role, token_print, came_from, started_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (id_hash) DO NOTHING RETURNING id_hash`;

const SELECT = `
  SELECT id_hash AS "idHash", role, token_print AS "tokenPrint", came_from AS "from", started_at AS "startedAt", expires_at AS "expiresAt"
  FROM tidings.sessions WHERE id_hash = $1 AND NOT is_ended AND expires_at > $2`;

/** Who is logged in at a browser. */
export function sessionOps(db: Query): Sessions {
  return {
    async openSession({ idHash, role, tokenPrint, from, startedAt, expiresAt }, now) {
      // By itself: one statement would not see that it is gone.
      await db.rows('DELETE FROM tidings.sessions WHERE expires_at <= $1', [now]);
      const values = [idHash, role, tokenPrint, pgText(shortFrom(from)), startedAt, expiresAt];
      return (await db.rows(OPEN, values)).length > 0;
    },

    session: async (idHash, now) => (await db.rows<Session>(SELECT, [pgText(idHash), now]))[0] ?? null,

    async endSession(idHash) {
      await db.rows('UPDATE tidings.sessions SET is_ended = true WHERE id_hash = $1', [pgText(idHash)]);
    },
  };
}
