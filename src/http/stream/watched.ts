import type { EventId } from '../../model/event.ts';
import type { EventSummary } from '../../model/inbox/records.ts';
import { redactAll } from '../../shared/secrets/redact.ts';
import { summaryJson } from '../event-json.ts';

/** A row as it was last said. */
export interface Row {
  readonly summary: EventSummary;
  /** As JSON, redacted: made once, however many are told. */
  readonly json: string;
}

const MOST = 200;

export function rowOf(summary: EventSummary): Row {
  return { summary, json: JSON.stringify(redactAll(summaryJson(summary))) };
}

/** The newest rows that somebody may look at, and which of them are to be looked at again. */
export interface Watched {
  add(row: Row): void;
  get(id: EventId): Row | undefined;
  remove(id: EventId): void;
  clear(): void;
  rows(): Iterable<Row>;
  readonly hasUnsettled: boolean;
  /** The next of them in turn: what may change by itself first; with `all` the others too. */
  next(count: number, all: boolean): readonly EventId[];
}

export function createWatched(): Watched {
  const rows = new Map<EventId, Row>();
  /** Those that were looked at least lately come first. */
  let turn: EventId[] = [];

  function remove(id: EventId): void {
    rows.delete(id);
    turn = turn.filter((each) => each !== id);
  }

  const isUnsettled = (id: EventId) => !isSettled(rows.get(id)?.summary);

  return {
    add(row) {
      const { id } = row.summary;
      if (!rows.has(id)) turn.push(id);
      rows.set(id, row);
      if (rows.size > MOST) remove(Math.min(...rows.keys()));
    },
    get: (id) => rows.get(id),
    remove,
    clear() {
      rows.clear();
      turn = [];
    },
    rows: () => rows.values(),
    get hasUnsettled() {
      return turn.some(isUnsettled);
    },
    next(count, all) {
      const first = turn.filter(isUnsettled);
      const chosen = (all ? [...first, ...turn.filter((id) => !isUnsettled(id))] : first).slice(0, count);
      const looked = new Set(chosen);
      turn = [...turn.filter((id) => !looked.has(id)), ...chosen];
      return chosen;
    },
  };
}

/** It changes only when somebody does something, and that wakes. */
function isSettled(summary: EventSummary | undefined): boolean {
  if (summary === undefined) return true;
  return summary.state !== 'pending' && summary.fates.every(({ fate }) => fate !== 'waiting' && fate !== 'held');
}
