import type { EventId } from '../../../model/event.ts';
import type { Forgotten } from '../../../model/inbox/forgetting.ts';
import { aboutOf } from '../../about.ts';
import { forgetFound } from '../../forget-found.ts';
import { HAS_MUTED, LOOKED_AT, type MutedRow, withoutMuters } from '../../known/muted-traces.ts';
import type { Database, Query } from '../server/database.ts';

const SELECT = `SELECT event_id AS id, reason, trace FROM tidings.decisions WHERE strpos(trace, '${HAS_MUTED}') > 0`;
const PAGE = `${SELECT} AND event_id > $1 AND event_id <= $2`;
const LAST = 'SELECT coalesce(max(event_id), 0) AS id FROM tidings.decisions';
const WRITE = `
  UPDATE tidings.decisions d SET reason = x.reason, trace = x.trace
  FROM json_to_recordset($1::json) AS x (id bigint, reason text, trace text) WHERE d.event_id = x.id`;

/** Who muted the threads of events. Returns of how many events something went. */
export function forgetMuters(db: Database, what: Forgotten): Promise<number> {
  const about = aboutOf(what);
  return forgetFound<EventId>(
    0,
    async (after) => {
      const upTo = after + LOOKED_AT;
      const [newest] = await db.rows<{ id: EventId }>(LAST);
      const rows = await db.rows<MutedRow>(PAGE, [after, upTo]);
      const found = withoutMuters(about, rows).map(({ id }) => id);
      return { found, last: upTo < (newest?.id ?? 0) ? upTo : null };
    },
    (ids) =>
      db.transaction(async (tx: Query) => {
        const rows = await tx.rows<MutedRow>(`${SELECT} AND event_id = ANY($1::bigint[]) FOR UPDATE`, [ids]);
        const left = withoutMuters(about, rows);
        await tx.rows(WRITE, [JSON.stringify(left)]);
        return left.length;
      }),
  );
}
