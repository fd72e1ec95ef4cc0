import { inNewestForm } from '../stored-activity.ts';
import type { Query } from './server/database.ts';

interface Row {
  readonly id: number;
  readonly activity: string;
}

/** Some 2 MB at once. */
const SELECT = `
  SELECT notification_id AS id, activity FROM tidings.activities WHERE notification_id > $1 ORDER BY notification_id LIMIT 500`;

const UPDATE = `
  UPDATE tidings.activities a SET activity = g.activity FROM unnest($1::bigint[], $2::text[]) AS g (id, activity)
  WHERE a.notification_id = g.id`;

/** What every notification tells that was not told yet, in the newest form. Within the caller's transaction. */
export async function rewriteActivities(tx: Query): Promise<void> {
  for (let last: number | undefined = 0; last !== undefined; ) {
    const rows: readonly Row[] = await tx.rows<Row>(SELECT, [last]);
    const written = rows.map(({ activity }) => inNewestForm(activity));
    if (rows.length > 0) await tx.rows(UPDATE, [rows.map(({ id }) => id), written]);
    last = rows.at(-1)?.id;
  }
}
