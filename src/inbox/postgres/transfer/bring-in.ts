import type { EventId } from '../../../model/event.ts';
import type { Transfer } from '../../../model/inbox/transfer.ts';
import type { Batch, PackedEvent } from '../../batch.ts';
import { bringIn, checkedOf, type ImportedDecision } from '../../imported.ts';
import { appendOps } from '../append.ts';
import { takeOut, writeDecisions } from '../backlog/write-decisions.ts';
import { pgKey, pgText } from '../pg-text.ts';
import type { Database, Query } from '../server/database.ts';

const REMARK = `
  UPDATE tidings.decisions d SET expanded_at = x.expanded_at, replays = x.replays, released = x.released
  FROM json_to_recordset($1::json) AS x (id bigint, expanded_at bigint, replays integer, released boolean)
  WHERE d.event_id = x.id`;

const MARK_GONE = 'UPDATE tidings.events SET segment_id = -segment_id WHERE id = ANY($1::bigint[]) AND segment_id > 0';

/** One that has its keys already, by another happening that was told, stays alone. */
const TELL = `
  INSERT INTO tidings.notifications (event_id, destination, rule, state, dedup_key, echo_key, origin, is_replay, tries, settled_at)
  SELECT event_id, destination, rule, state, dedup_key, echo_key, origin, is_replay, tries, settled_at
  FROM json_to_recordset($1::json) AS x (n integer, event_id bigint, destination text, rule text, state text, dedup_key text,
                                         echo_key text, origin text, is_replay boolean, tries integer, settled_at bigint)
  ORDER BY n ON CONFLICT (destination, dedup_key) DO NOTHING`;

interface Imported {
  readonly id: EventId;
  readonly event: PackedEvent;
  readonly decision: ImportedDecision;
}

/** The append, with what was decided elsewhere in the same transaction: no worker ever sees these events pending. */
export function bringInOps(db: Database, now: () => number): Pick<Transfer, 'bringIn'> {
  const store = (batch: Batch, decisions: readonly ImportedDecision[]) =>
    db.transaction(async (tx) => {
      const appended = await appendOps(tx, db).append(batch);
      await settle(
        tx,
        appended.flatMap(({ status, id }, index) => {
          const [event, decision] = [batch.events[index], decisions[index]];
          return status === 'accepted' && event && decision ? [{ id, event, decision }] : [];
        }),
      );
      return appended;
    });
  return { bringIn: (events) => bringIn(events, store, now) };
}

async function settle(tx: Query, imported: readonly Imported[]): Promise<void> {
  if (imported.length === 0) return;
  await takeOut(
    tx,
    imported.map(({ id }) => id),
  );
  await writeDecisions(
    tx,
    imported.map(({ id, event, decision }) => checkedOf(id, event, decision)),
    0,
  );
  const remarks = imported.map(({ id, decision: { expandedAt, replays, released } }) => {
    return { id, expanded_at: expandedAt, replays, released };
  });
  await tx.rows(REMARK, [JSON.stringify(remarks)]);
  const bodiless = imported.filter(({ decision }) => decision.isBodiless).map(({ id }) => id);
  if (bodiless.length > 0) await tx.rows(MARK_GONE, [bodiless]);
  const told = imported.flatMap(toldOf).map((each, n) => ({ n, ...each }));
  if (told.length > 0) await tx.rows(TELL, [JSON.stringify(told)]);
}

function toldOf({ id, event, decision }: Imported) {
  return decision.notifications.map(({ destination, rule, state, dedupKey, echoKey, isReplay, tries, settledAt }) => ({
    event_id: id,
    destination: pgText(destination),
    rule: pgText(rule),
    state,
    dedup_key: pgKey(dedupKey),
    echo_key: pgKey(echoKey),
    origin: event.origin,
    is_replay: isReplay,
    tries,
    settled_at: settledAt,
  }));
}
