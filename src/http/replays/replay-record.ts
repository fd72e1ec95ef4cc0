import { iso, isoOrNull, plural } from '../../shared/time-words.ts';
import type { Replay } from '../api/answers/replays.ts';

/**
 * One replay of many events, as the store keeps it: whoever is asked says the same.
 * running → done, cancelled, failed, or stopped with its process. Where that was killed it stays `running`, and its heart beats no more.
 */
export interface ReplayRecord {
  readonly id: string;
  /** Equal for equal selections. */
  readonly key: string;
  readonly state: Replay['state'];
  /** Their messages alone go again: nothing is decided anew. */
  readonly isOfMessages: boolean;
  readonly total: number;
  /** How many were gone through. */
  readonly done: number;
  /** How many of those were put back to work: the others were already waiting, or are gone. */
  readonly replayed: number;
  /** ms since 1970 */
  readonly startedAt: number;
  readonly beatAt: number;
  readonly endedAt: number | null;
  readonly by: string;
  /** Who cancelled it, or why it failed. */
  readonly why: string | null;
}

/** A step takes some milliseconds: whoever is silent for so long is gone. */
export const SILENT_MS = 30_000;

export function isRunning({ state, beatAt }: ReplayRecord, now: number): boolean {
  return state === 'running' && Math.abs(now - beatAt) <= SILENT_MS;
}

export function replayJson(record: ReplayRecord, now: number): Replay {
  const { id, total, done, startedAt, endedAt, by } = record;
  const state = record.state === 'running' && !isRunning(record, now) ? 'stopped' : record.state;
  return {
    id,
    state,
    total,
    done,
    started_at: iso(startedAt),
    ended_at: isoOrNull(endedAt),
    by,
    says: wordsOf(record, state),
  };
}

function wordsOf(record: ReplayRecord, state: Replay['state']): string {
  const { total, done, replayed, why } = record;
  const all = `${record.isOfMessages ? 'the messages of ' : ''}${plural(total, 'event')}`;
  const so = `${done.toLocaleString('en-US')} of ${plural(total, 'event')}`;
  switch (state) {
    case 'running':
      return `Replaying ${all}: ${done.toLocaleString('en-US')} so far.`;
    case 'done':
      return replayed === total
        ? `Replayed ${all}: a running worker takes it from here.`
        : `Replayed ${replayed.toLocaleString('en-US')} of ${plural(total, 'event')}. The others were waiting already, or are gone.`;
    case 'cancelled':
      return `Cancelled by ${why ?? 'somebody'} after ${so}. What was replayed by then stays replayed.`;
    case 'failed':
      return `Failed after ${so}: ${why ?? 'see the log'}. The next step may have been done as well.`;
    case 'stopped':
      return `The process that ran it has ended: at least ${so} were replayed. Plan again to see what is left.`;
  }
}

export function parseRecord(text: string | null): ReplayRecord | null {
  if (text === null) return null;
  try {
    const { version, ...record } = JSON.parse(text) as ReplayRecord & { readonly version: number };
    return version === VERSION ? record : null;
  } catch {
    return null;
  }
}

export function recordText(record: ReplayRecord): string {
  return JSON.stringify({ version: VERSION, ...record });
}

const VERSION = 1;
