import type { Fate } from '../../../model/fate.ts';
import { IN_TROUBLE, isNewest } from '../../fates.ts';
import type { Conditions } from './conditions.ts';

/** A row of a lane by its whole key: by a part of it alone all that waits would be read for each event. */
const IN_LANE = 'o.destination = n.destination AND o.event_id = n.event_id AND o.notification_id = n.id';

/** From the table or the partial index that holds only these. What was told is the rule. */
const IN_FATE: Readonly<Record<Exclude<Fate, 'told'>, string>> = {
  waiting: `tidings.notifications n JOIN tidings.outbox o ON ${IN_LANE} WHERE true`,
  held: 'tidings.notifications n JOIN tidings.held h ON h.notification_id = n.id WHERE true',
  unknown: `tidings.notifications n WHERE n.state = 'unknown' AND ${IN_TROUBLE}`,
  dead: `tidings.notifications n WHERE n.state = 'dead' AND ${IN_TROUBLE}`,
};

const TOLD = "tidings.notifications n WHERE n.state IN ('sent', 'merged')";

const IS_NEWEST = isNewest('tidings.notifications');

/** Of so many events that wait, that nobody heard of, or that were put to a destination, the ids are read first. Of more, some are likely to be new. */
export const FEW = 5_000;

/**
 * Of those in a fate, the ids, some of them twice; with `to` a destination is the value. More than `FEW` are any of them: then nobody
 * asks which. Null: what was told is the rule, or nobody asked.
 */
export function fewInFate(fate: Fate | null, to: string | undefined): string | null {
  if (fate === null || fate === 'told') return null;
  const there = (table: string) => (to === undefined ? '' : `AND ${table}.destination = $1`);
  const some =
    fate === 'waiting'
      ? `SELECT o.notification_id AS id, o.event_id, o.destination FROM tidings.outbox o WHERE true ${there('o')}`
      : `SELECT n.id, n.event_id, n.destination FROM ${IN_FATE[fate]} ${there('n')}`;
  return `
    WITH there AS MATERIALIZED (${some} LIMIT ${FEW + 1})
    SELECT n.event_id AS id FROM there n WHERE (SELECT count(*) FROM there) > ${FEW} OR ${IS_NEWEST}`;
}

/** The event that waits longest: nothing older waits. With `to` a destination is the value. */
export const oldestWaiting = (to: string | undefined): string =>
  `SELECT min(event_id) AS low FROM tidings.outbox ${to === undefined ? '' : 'WHERE destination = $1'}`;

/**
 * What became of an event: anywhere, or at one destination. Each event is looked at by itself: the planner would read all that a
 * destination ever got to find it among that.
 */
export function andThere(conditions: Conditions, fate: Fate | null, to: string | undefined): Conditions {
  if (to === undefined && fate === null) return conditions;
  if (to === undefined && fate !== null)
    return conditions.and(`EXISTS (SELECT FROM ${inFate(fate)} AND n.event_id = e.id)`);
  return conditions.and(
    `(SELECT true FROM ${inFate(fate)} AND n.destination = ? AND n.event_id = e.id LIMIT 1) IS NOT NULL`,
    to,
  );
}

function inFate(fate: Fate | null): string {
  if (fate === null) return 'tidings.notifications n WHERE true';
  return `${fate === 'told' ? TOLD : IN_FATE[fate]} AND ${IS_NEWEST}`;
}
