import type { BacktestChange, Difference } from '../model/trial/backtest.ts';
import { iso } from '../shared/time-words.ts';
import type { BacktestLine } from './api/answers/rules.ts';

/** One line of `backtest --json`, and of `/api/v1/rules/backtest`. */
export function changeJson(change: BacktestChange): BacktestLine {
  const { eventId, receivedAt, kind, place, handle, title, fewer, more } = change;
  return {
    kind: 'change',
    id: eventId,
    received_at: iso(receivedAt),
    event: kind,
    repo: place,
    handle,
    title,
    no_longer_told: fewer.map(differenceJson),
    newly_told: more.map(differenceJson),
  };
}

function differenceJson({ destination, rule, because, words }: Difference) {
  return { destination, rule, because, ...(words !== undefined && { words }) };
}
