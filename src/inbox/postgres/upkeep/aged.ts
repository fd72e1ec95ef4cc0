import type { AttemptId } from '../../../model/notification.ts';
import { type Found, lookThrough } from '../../look-through.ts';
import { lowestSince } from '../../search/lowest-since.ts';
import type { Query } from '../server/database.ts';
import { CARRIES_WHAT_IS_OPEN } from './conditions.ts';

/** Rows looked at by one question. */
const LOOKED_AT = 2_000;

const ATTEMPTS = `
  SELECT a.id, a.started_at AS "startedAt", a.ended_at < $1 AND NOT ${CARRIES_WHAT_IS_OPEN} AS "mayGo"
  FROM tidings.attempts a WHERE a.id > $2 ORDER BY a.id LIMIT ${LOOKED_AT + 1}`;

const COUNT_ATTEMPTS = `
  SELECT count(*) AS count FROM tidings.attempts a
  WHERE a.started_at < $1 AND a.ended_at < $1 AND NOT ${CARRIES_WHAT_IS_OPEN}`;

/**
 * Of a result whose event is gone: whether no question about an event that was received since `before`, or is to come, can be answered by
 * it. Among those before these events the last one answers, the last of another run when that run asks, and the last pass says since when
 * it fails.
 */
const LATER = `FROM tidings.results l WHERE l.key = r.key AND l.event_id > r.event_id AND l.event_id < $3`;
const RESULTS = `
  SELECT r.key, r.event_id AS "eventId", (
    (SELECT true FROM tidings.events e WHERE e.id = r.event_id) IS NULL
    AND (SELECT count(*) > 0 AND (min(run) <> max(run) OR min(run) = r.run)
         FROM (SELECT l.run ${LATER} ORDER BY l.event_id LIMIT 8) later)
    AND (NOT r.passed OR (SELECT true ${LATER} AND l.passed LIMIT 1) IS NOT NULL)) AS "mayGo"
  FROM tidings.results r WHERE (r.key, r.event_id) > ($1, $2) ORDER BY r.key, r.event_id LIMIT ${LOOKED_AT + 1}`;

const FIRST_SINCE = lowestSince('tidings.events', '$1::bigint');

const RECEIPTS = `
  SELECT destination, thread, kept_at < $1 AS "mayGo" FROM tidings.receipts
  WHERE (destination, thread) > ($2, $3) ORDER BY destination, thread LIMIT ${LOOKED_AT + 1}`;

const SUBJECTS = `
  SELECT thread, heard_at < $1 AS "mayGo" FROM tidings.subjects WHERE thread > $2 ORDER BY thread LIMIT ${LOOKED_AT + 1}`;

export type ResultKey = readonly [key: string, eventId: number];
export type ReceiptKey = readonly [destination: string, thread: string];

/** Looks through whole tables, a piece at each question, from the start again after the end: none has an index by age. */
export function agedOps(db: Query) {
  let lastAttempt = 0;
  let lastResult: ResultKey = ['', 0];
  let lastReceipt: ReceiptKey = ['', ''];
  let lastSubject = '';

  return {
    async agedAttempts(before: number, limit: number): Promise<Found<AttemptId>> {
      type Row = { id: number; startedAt: number; mayGo: boolean | null };
      // Begun in the order of their ids.
      const isOld = ({ startedAt }: Row) => startedAt < before;
      const looked = await db.rows<Row>(ATTEMPTS, [before, lastAttempt]);
      const found = lookThrough<Row>(looked, { most: LOOKED_AT, limit, isOld });
      lastAttempt = found.isMore ? (found.last?.id ?? 0) : 0;
      return { rows: found.rows.map(({ id }) => id), isMore: found.isMore };
    },

    async countAttempts(before: number): Promise<number> {
      const [counted] = await db.rows<{ count: number }>(COUNT_ATTEMPTS, [before]);
      return counted?.count ?? 0;
    },

    async agedResults(before: number, limit: number): Promise<Found<ResultKey>> {
      type Row = { key: string; eventId: number; mayGo: boolean };
      const [first] = await db.rows<{ low: number }>(FIRST_SINCE, [before]);
      const looked = await db.rows<Row>(RESULTS, [...lastResult, first?.low ?? Number.MAX_SAFE_INTEGER]);
      const found = lookThrough<Row>(looked, { most: LOOKED_AT, limit });
      lastResult = found.isMore && found.last !== undefined ? [found.last.key, found.last.eventId] : ['', 0];
      return { rows: found.rows.map(({ key, eventId }) => [key, eventId]), isMore: found.isMore };
    },

    async agedReceipts(before: number, limit: number): Promise<Found<ReceiptKey>> {
      type Row = { destination: string; thread: string; mayGo: boolean };
      const found = lookThrough<Row>(await db.rows(RECEIPTS, [before, ...lastReceipt]), { most: LOOKED_AT, limit });
      lastReceipt = found.isMore && found.last !== undefined ? [found.last.destination, found.last.thread] : ['', ''];
      return { rows: found.rows.map(({ destination, thread }) => [destination, thread]), isMore: found.isMore };
    },

    async agedSubjects(before: number, limit: number): Promise<Found<string>> {
      type Row = { thread: string; mayGo: boolean };
      const found = lookThrough<Row>(await db.rows(SUBJECTS, [before, lastSubject]), { most: LOOKED_AT, limit });
      lastSubject = found.isMore ? (found.last?.thread ?? '') : '';
      return { rows: found.rows.map(({ thread }) => thread), isMore: found.isMore };
    },
  };
}
