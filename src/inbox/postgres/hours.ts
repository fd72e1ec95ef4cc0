import type { Counts, HourCount } from '../../model/inbox/counts.ts';
import { pgText } from './pg-text.ts';
import type { Query } from './server/database.ts';

const SUM_UP = 'ON CONFLICT (hour, what, name) DO UPDATE SET count = h.count + excluded.count';

/** Counts these rows, a parameter of JSON as `asCounted` writes it; the rest of a statement. In the order of their keys, so that nobody waits crosswise. */
export const countSql = (parameter: string) => `
  INSERT INTO tidings.hours AS h (hour, what, name, count)
  SELECT k.hour, k.what, k.name, sum(k.count) FROM (
    SELECT x.hour, x.what, tidings.counted_as_1(x.hour, x.what, x.name, row_number() OVER (PARTITION BY x.hour, x.what ORDER BY x.n)) AS name,
           x.count
    FROM json_to_recordset(${parameter}::json) AS x (n integer, hour bigint, what text, name text, count bigint)) k
  GROUP BY k.hour, k.what, k.name ORDER BY k.hour, k.what COLLATE "C", k.name COLLATE "C" ${SUM_UP}`;

/** Counts rows with a `destination`, all of one lane, each once. */
export const countLaneSql = (rows: string, what: 'told' | 'untold', hour: string) => `
  INSERT INTO tidings.hours AS h (hour, what, name, count)
  SELECT ${hour}::bigint, '${what}', tidings.counted_as_1(${hour}::bigint, '${what}', left(r.destination, 200), 1), count(*)
  FROM ${rows} r GROUP BY r.destination ${SUM_UP}`;

export function asCounted(counts: readonly HourCount[]): string {
  return JSON.stringify(counts.map((each, n) => ({ n, ...each, name: pgText(each.name) })));
}

const SELECT =
  'SELECT hour, what, name, count FROM tidings.hours WHERE hour >= $1 AND hour < $2 ORDER BY hour, what, name';

export function countsOps(db: Query): Counts {
  return { counts: (since, until) => db.rows<HourCount>(SELECT, [since, until]) };
}
