import type { EventId } from '../../../model/event.ts';
import type { Fenced, Lease } from '../../../model/inbox/lanes.ts';
import type { AttemptId } from '../../../model/notification.ts';
import type { Erasure } from '../../erasure.ts';
import { all, type Database, scalar } from '../database.ts';
import type { Fence } from '../lanes.ts';
import { searchForgetter } from '../search/write.ts';
import { IS_NEEDED } from './conditions.ts';
import { recomputableStep } from './recomputable-step.ts';
import { withoutForeignKeys } from './without-foreign-keys.ts';

const MAY_GO = `
  SELECT e.id FROM events e
  WHERE e.id IN (SELECT value FROM json_each(?)) AND e.id < (SELECT max(id) FROM events) AND NOT ${IS_NEEDED}`;

const NEEDED_OF = `
  SELECT count(*) FROM events e WHERE e.id IN (SELECT value FROM json_each(?)) AND ${IS_NEEDED}`;

const BODIES_IN = 'SELECT count(*) FROM events WHERE segment_id = ?1 AND id IN (SELECT value FROM json_each(?2))';

const GONE =
  'UPDATE events SET segment_id = -segment_id WHERE segment_id = ?1 AND id IN (SELECT value FROM json_each(?2))';

/** Of attempts that carried something of these events. */
const ATTEMPTS_OF = `
  SELECT DISTINCT an.attempt_id AS id FROM notifications n JOIN attempt_notifications an ON an.notification_id = n.id
  WHERE n.event_id IN (SELECT value FROM json_each(?))`;

/** All that is about events, in the order in which it goes. */
const DELETE_ABOUT = [
  `DELETE FROM attempt_notifications WHERE notification_id IN (
    SELECT id FROM notifications WHERE event_id IN (SELECT value FROM json_each(?)))`,
  'DELETE FROM notifications WHERE event_id IN (SELECT value FROM json_each(?))',
  'DELETE FROM settling WHERE event_id IN (SELECT value FROM json_each(?))',
  'DELETE FROM events WHERE id IN (SELECT value FROM json_each(?))',
];

/** Of attempts those that carried nothing else. */
export const DELETE_LONE_ATTEMPTS = `
  DELETE FROM attempts WHERE id IN (SELECT value FROM json_each(?))
    AND NOT EXISTS (SELECT 1 FROM attempt_notifications WHERE attempt_id = attempts.id)`;

/** The writer's part of what goes of events: short, and committed without waiting for the disk, because it can be done again. */
export function upkeepOps(db: Database, fence: Fence) {
  const selectMayGo = db.prepare(MAY_GO);
  const countNeeded = db.prepare(NEEDED_OF);
  const countBodies = db.prepare(BODIES_IN);
  const deleteSegment = db.prepare('DELETE FROM segments WHERE id = ?');
  const replaceSegment = db.prepare('UPDATE segments SET codec = ?, raw_size = ?, data = ? WHERE id = ?');
  const markGone = db.prepare(GONE);
  const selectAttemptsOf = db.prepare(ATTEMPTS_OF);
  const forgetTokens = searchForgetter(db);
  const deleteAbout = DELETE_ABOUT.map((sql) => db.prepare(sql));
  const deleteLoneAttempts = db.prepare(DELETE_LONE_ATTEMPTS);
  const fenced = recomputableStep(db, fence);

  return {
    /** `changed`: since it was planned something of it is needed, or somebody else took something out of it. */
    eraseBodies: (lease: Lease | null, { segment, ids, from, replacement }: Erasure): 'done' | 'changed' | Fenced =>
      fenced(lease, () => {
        const json = JSON.stringify(ids);
        if (scalar(countNeeded, json) > 0) return 'changed';
        if (scalar(countBodies, segment, JSON.stringify(from)) < from.length) return 'changed';
        if (replacement === null) deleteSegment.run(segment);
        else {
          replaceSegment.run(replacement.codec, replacement.rawSize, replacement.data, segment);
          markGone.run(segment, json);
        }
        return 'done';
      }),

    deleteEvents: (lease: Lease, ids: readonly EventId[]): number | Fenced =>
      withoutForeignKeys(db, () =>
        fenced(lease, () => {
          const going = all<{ id: EventId }>(selectMayGo, JSON.stringify(ids)).map(({ id }) => id);
          if (going.length === 0) return 0;
          const json = JSON.stringify(going);
          const attempts = all<{ id: AttemptId }>(selectAttemptsOf, json).map(({ id }) => id);
          for (const statement of deleteAbout) statement.run(json);
          forgetTokens(going);
          deleteLoneAttempts.run(JSON.stringify(attempts));
          return going.length;
        }),
      ),
  };
}
