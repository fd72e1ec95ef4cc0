import type { AttemptId } from '../../../model/notification.ts';
import { type Found, lookThrough } from '../../look-through.ts';
import { lowestSince } from '../../search/lowest-since.ts';
import { type Database, one, scalar } from '../database.ts';
import { CARRIES_WHAT_IS_OPEN } from './conditions.ts';

const ATTEMPTS = `
  SELECT a.id, a.started_at AS startedAt, a.ended_at < ? AND NOT ${CARRIES_WHAT_IS_OPEN} AS mayGo
  FROM attempts a WHERE a.id > ? ORDER BY a.id`;

const COUNT_ATTEMPTS = `
  SELECT count(*) FROM attempts a WHERE a.started_at < ?1 AND a.ended_at < ?1 AND NOT ${CARRIES_WHAT_IS_OPEN}`;

/**
 * Of a result whose event is gone: whether no question about an event that was received since `before`, or is to come, can be answered by
 * it. Among those before these events the last one answers, the last of another run when that run asks, and the last pass says since when
 * it fails.
 */
const LATER = `FROM results l WHERE l.key = r.key AND l.event_id > r.event_id AND l.event_id < ?3`;
const RESULTS = `
  SELECT r.key, r.event_id AS eventId, (
    NOT EXISTS (SELECT 1 FROM events e WHERE e.id = r.event_id)
    AND (SELECT count(*) > 0 AND (min(run) <> max(run) OR min(run) = r.run) FROM (SELECT l.run ${LATER} ORDER BY l.event_id LIMIT 8))
    AND (r.passed = 0 OR EXISTS (SELECT 1 ${LATER} AND l.passed = 1))) AS mayGo
  FROM results r WHERE (r.key, r.event_id) > (?1, ?2) ORDER BY r.key, r.event_id`;

const RECEIPTS = `
  SELECT destination, thread, kept_at < ? AS mayGo FROM receipts WHERE (destination, thread) > (?, ?) ORDER BY destination, thread`;

const SUBJECTS = 'SELECT thread, heard_at < ? AS mayGo FROM subjects WHERE thread > ? ORDER BY thread';

/** Rows looked at by one question: some 3 ms of the reading thread, 15 of a slow machine's, for which others wait. */
const LOOKED_AT = 1_000;

export type ResultKey = readonly [key: string, eventId: number];
export type ReceiptKey = readonly [destination: string, thread: string];

/** Looks through whole tables, a piece at each question, from the start again after the end: none has an index by age. */
export function agedOps(db: Database) {
  const attempts = db.prepare(ATTEMPTS);
  const results = db.prepare(RESULTS);
  const firstSince = db.prepare(lowestSince('events', '?1'));
  const receipts = db.prepare(RECEIPTS);
  const subjects = db.prepare(SUBJECTS);
  let lastAttempt = 0;
  let lastResult: ResultKey = ['', 0];
  let lastReceipt: ReceiptKey = ['', ''];
  let lastSubject = '';

  return {
    agedAttempts(before: number, limit: number): Found<AttemptId> {
      type Row = { id: number; startedAt: number; mayGo: number };
      // Begun in the order of their ids.
      const isOld = ({ startedAt }: Row) => startedAt < before;
      const found = lookThrough<Row>(attempts.iterate(before, lastAttempt), { most: LOOKED_AT, limit, isOld });
      lastAttempt = found.isMore ? (found.last?.id ?? 0) : 0;
      return { rows: found.rows.map(({ id }) => id), isMore: found.isMore };
    },

    countAttempts: (before: number): number => scalar(db.prepare(COUNT_ATTEMPTS), before),

    agedResults(before: number, limit: number): Found<ResultKey> {
      type Row = { key: string; eventId: number; mayGo: number };
      const found = lookThrough<Row>(
        results.iterate(...lastResult, one<{ low: number }>(firstSince, before)?.low ?? Number.MAX_SAFE_INTEGER),
        { most: LOOKED_AT, limit },
      );
      lastResult = found.isMore && found.last !== undefined ? [found.last.key, found.last.eventId] : ['', 0];
      return { rows: found.rows.map(({ key, eventId }) => [key, eventId]), isMore: found.isMore };
    },

    agedReceipts(before: number, limit: number): Found<ReceiptKey> {
      type Row = { destination: string; thread: string; mayGo: number };
      const found = lookThrough<Row>(receipts.iterate(before, ...lastReceipt), { most: LOOKED_AT, limit });
      lastReceipt = found.isMore && found.last !== undefined ? [found.last.destination, found.last.thread] : ['', ''];
      return { rows: found.rows.map(({ destination, thread }) => [destination, thread]), isMore: found.isMore };
    },

    agedSubjects(before: number, limit: number): Found<string> {
      type Row = { thread: string; mayGo: number };
      const found = lookThrough<Row>(subjects.iterate(before, lastSubject), { most: LOOKED_AT, limit });
      lastSubject = found.isMore ? (found.last?.thread ?? '') : '';
      return { rows: found.rows.map(({ thread }) => thread), isMore: found.isMore };
    },
  };
}
