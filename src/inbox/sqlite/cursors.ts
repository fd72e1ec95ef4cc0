import { type Database, one } from './database.ts';

/** How far something has read elsewhere. On the writing thread: what is remembered is on the disk when it is answered. */
export function cursorOps(db: Database) {
  const select = db.prepare('SELECT value FROM cursors WHERE name = ?');
  const upsert = db.prepare(
    'INSERT INTO cursors (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  const insert = db.prepare('INSERT INTO cursors (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING');
  const update = db.prepare('UPDATE cursors SET value = ? WHERE name = ? AND value = ?');
  const forget = db.prepare('DELETE FROM cursors WHERE name = ?');

  return {
    recall(name: string): string | null {
      return one<{ value: string }>(select, name)?.value ?? null;
    },

    remember(name: string, value: string | null): void {
      if (value === null) forget.run(name);
      else upsert.run(name, value);
    },

    exchange(name: string, from: string | null, to: string): boolean {
      const { changes } = from === null ? insert.run(name, to) : update.run(to, name, from);
      return changes > 0;
    },
  };
}
