import type { HourCount } from '../../model/inbox/counts.ts';
import { MOST_NAMES, OTHERS } from '../counts/tally.ts';
import { dispensable } from './damage/corrupt.ts';
import { all, type Database, scalar } from './database.ts';

const ADD = 'UPDATE hours SET count = count + ? WHERE hour = ? AND what = ? AND name = ?';

const BEGIN = `
  INSERT INTO hours (hour, what, name, count) VALUES (?, ?, ?, ?)
  ON CONFLICT (hour, what, name) DO UPDATE SET count = count + excluded.count`;

const SELECT = 'SELECT hour, what, name, count FROM hours WHERE hour >= ? AND hour < ? ORDER BY hour, what, name';

/** Counts what happens, inside the transaction in which it does. */
export function hourCounter(db: Database): (counts: readonly HourCount[]) => void {
  const add = db.prepare(ADD);
  const begin = db.prepare(BEGIN);
  const countNames = db.prepare('SELECT count(*) FROM hours WHERE hour = ? AND what = ?');
  const dispense = dispensable();

  function count({ hour, what, name, count }: HourCount): void {
    if (add.run(count, hour, what, name).changes > 0) return;
    begin.run(hour, what, scalar(countNames, hour, what) < MOST_NAMES ? name : OTHERS, count);
  }

  return (counts) => {
    // What cannot be counted is decided and told all the same.
    dispense(0, () => counts.forEach(count));
  };
}

/** On the reading thread. */
export function countsOps(db: Database) {
  const select = db.prepare(SELECT);
  return {
    counts: (since: number, until: number): readonly HourCount[] =>
      all<HourCount>(select, since, until).map((row) => ({ ...row })),
  };
}
