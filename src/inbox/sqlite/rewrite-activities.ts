import { inNewestForm } from '../stored-activity.ts';
import { all, type Database } from './database.ts';

interface Row {
  readonly id: number;
  readonly activity: string;
}

/** Some 2 MB at once. */
const AT_ONCE = 500;

/** What every notification tells that was not told yet, in the newest form. Within the caller's transaction. */
export function rewriteActivities(db: Database): void {
  const select = db.prepare(
    `SELECT id, activity FROM notifications WHERE activity IS NOT NULL AND id > ? ORDER BY id LIMIT ${AT_ONCE}`,
  );
  const update = db.prepare('UPDATE notifications SET activity = ? WHERE id = ?');
  for (let last: number | undefined = 0; last !== undefined; ) {
    const rows: readonly Row[] = all<Row>(select, last);
    for (const { id, activity } of rows) update.run(inNewestForm(activity), id);
    last = rows.at(-1)?.id;
  }
}
