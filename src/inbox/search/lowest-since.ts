/** Events are stored a little out of the order of their receipt, and clocks are set: so far, in ms, they may be apart. */
const APART_MS = 60 * 60 * 1000;

/** No event with an id of `lowestSince` this time, or above, was received before `until`. Both are ms since 1970. */
export function behindUntil(until: number): number {
  return until + 2 * APART_MS;
}

/**
 * SQL for both engines: no event with an id below this was received since `since`, a numbered parameter in ms since 1970. Null: there
 * are no events.
 */
export function lowestSince(events: string, since: string): string {
  const middle = '(low + high) / 2';
  const isOlder = `(SELECT received_at FROM ${events} WHERE id >= ${middle} ORDER BY id LIMIT 1) < ${since} - ${APART_MS}`;
  return `
    WITH RECURSIVE span (low, high) AS (
      SELECT (SELECT min(id) FROM ${events}), (SELECT max(id) + 1 FROM ${events})
      UNION ALL
      SELECT CASE WHEN ${isOlder} THEN ${middle} + 1 ELSE low END, CASE WHEN ${isOlder} THEN high ELSE ${middle} END
      FROM span WHERE low < high
    )
    SELECT low FROM span WHERE low = high`;
}
