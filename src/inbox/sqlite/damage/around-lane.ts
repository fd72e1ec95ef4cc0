import type { EventId } from '../../../model/event.ts';
import { rowOrNull } from './corrupt.ts';

/** Behind an event and a notification. Undefined: nothing is there. */
export type Next<Row> = (eventId: EventId, id: number) => Row | undefined;

interface Queued {
  readonly id: number;
  readonly eventId: EventId;
}

interface LaneQueue<Row extends Queued> {
  readonly next: Next<Row>;
  readonly isSound: (row: Row) => boolean;
  readonly limit: number;
  /** No event is newer. */
  readonly last: EventId;
}

/** What of a lane can be read, and the events whose notifications in it cannot: those were passed over. */
export interface AroundLane<Row> {
  readonly rows: readonly Row[];
  readonly hurt: readonly EventId[];
}

/**
 * The first rows of a lane, each read by itself. Its index does not say which rows it leads to without reading them: behind one that
 * cannot be read, the next that can be is looked for by halves. Where there is none, the lane ends there.
 */
export function aroundLane<Row extends Queued>({ next, isSound, limit, last }: LaneQueue<Row>): AroundLane<Row> {
  const rows: Row[] = [];
  const hurt: EventId[] = [];
  for (let after: readonly [EventId, number] = [0, 0]; rows.length < limit; ) {
    const row = rowOrNull(() => next(...after));
    if (row === undefined) break;
    if (row === null) {
      const [event] = after;
      const from = firstReadable(next, event, last);
      hurt.push(from ?? last);
      if (from === null) break;
      after = [from, Number.MAX_SAFE_INTEGER];
      continue;
    }
    if (isSound(row)) rows.push(row);
    else hurt.push(row.eventId);
    after = [row.eventId, row.id];
  }
  return { rows, hurt };
}

/** The least event behind which the lane can be read again: what cannot be lies together. Null: there is none. */
function firstReadable<Row>(next: Next<Row>, after: EventId, last: EventId): EventId | null {
  const isReadable = (event: EventId) => rowOrNull(() => next(event, Number.MAX_SAFE_INTEGER)) !== null;
  let step = 1;
  for (; !isReadable(after + step); step *= 2) if (after + step >= last) return null;
  let low = after + Math.floor(step / 2);
  let high = after + step;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isReadable(middle)) high = middle;
    else low = middle;
  }
  return high;
}
