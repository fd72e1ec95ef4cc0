import type { Cursors } from '../../model/inbox.ts';
import type { Database } from './server/database.ts';

const REMEMBER = `
  INSERT INTO tidings.cursors (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`;

const FIRST = 'INSERT INTO tidings.cursors (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING RETURNING name';
const EXCHANGE = 'UPDATE tidings.cursors SET value = $2 WHERE name = $1 AND value = $3 RETURNING name';

/** How far something has read elsewhere. */
export function cursorOps(db: Database): Cursors {
  return {
    async recall(name) {
      const [row] = await db.rows<{ value: string }>('SELECT value FROM tidings.cursors WHERE name = $1', [name]);
      return row?.value ?? null;
    },
    async remember(name, value) {
      if (value === null) await db.rows('DELETE FROM tidings.cursors WHERE name = $1', [name]);
      else await db.rows(REMEMBER, [name, value]);
    },
    async exchange(name, from, to) {
      const changed = await (from === null ? db.rows(FIRST, [name, to]) : db.rows(EXCHANGE, [name, to, from]));
      return changed.length > 0;
    },
  };
}
