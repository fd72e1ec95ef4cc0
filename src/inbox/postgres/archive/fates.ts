import type { Fate } from '../../../model/fate.ts';
import { IN_TROUBLE, isNewest } from '../../fates.ts';
import type { Conditions } from './conditions.ts';

/** From the table or the partial index that holds only these. What was told is the rule. */
const IN_FATE: Readonly<Record<Exclude<Fate, 'told'>, string>> = {
  waiting: 'tidings.notifications n JOIN tidings.outbox o ON o.notification_id = n.id WHERE true',
  held: 'tidings.notifications n JOIN tidings.held h ON h.notification_id = n.id WHERE true',
  unknown: `tidings.notifications n WHERE n.state = 'unknown' AND ${IN_TROUBLE}`,
  dead: `tidings.notifications n WHERE n.state = 'dead' AND ${IN_TROUBLE}`,
};

const TOLD = "tidings.notifications n WHERE n.state IN ('sent', 'merged')";

const IS_NEWEST = isNewest('tidings.notifications');

/** Of so many events that wait, that nobody heard of, or that were put to a destination, the ids are read first. Of more, some are likely to be new. */
export const FEW = 5_000;

/** Of those in a fate, the ids; with `to` a destination is the value. Null: what was told is the rule, or nobody asked. */
export function fewInFate(fate: Fate | null, to: string | undefined): string | null {
  if (fate === null || fate === 'told') return null;
  // Of the lane itself, which has its destination in front.
  const lane = fate === 'waiting' ? 'AND o.destination = $1' : '';
  const there = to === undefined ? '' : `AND n.destination = $1 ${lane}`;
  return `SELECT DISTINCT n.event_id AS id FROM ${IN_FATE[fate]} ${there} AND ${IS_NEWEST} LIMIT ${FEW + 1}`;
}

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
