import type { CardState, CardToShow } from '../../model/inbox/cards.ts';
import { parsedOrNull } from '../stored-json.ts';
import { subjectOf } from './stored-facts.ts';

/** Of a card `c`, its subject `s` and its checks `k`. In quotes, since Postgres reads names without them in lower case. */
export const CARD_COLUMNS = `
  c.destination, c.thread, c.state, c.receipt, c.posts, c.wanted, c.shown, c.hash, c.reason, s.version, s.facts,
  k.thread AS "checksThread", k.version AS "checksVersion", k.facts AS "checksFacts"`;

export interface CardRow {
  readonly destination: string;
  readonly thread: string;
  readonly state: CardState;
  readonly receipt: string | null;
  readonly posts: number;
  readonly wanted: number;
  readonly shown: number;
  readonly hash: string | null;
  readonly reason: string | null;
  readonly version: number;
  readonly facts: string;
  readonly checksThread: string | null;
  readonly checksVersion: number | null;
  readonly checksFacts: string | null;
}

export function cardOf(row: CardRow): CardToShow {
  const { version, facts, checksThread, checksVersion, checksFacts, receipt, ...card } = row;
  const checks =
    checksThread === null || checksVersion === null || checksFacts === null
      ? null
      : subjectOf({ thread: checksThread, version: checksVersion, facts: checksFacts });
  return {
    ...card,
    receipt: parsedOrNull(receipt),
    subject: subjectOf({ thread: card.thread, version, facts }),
    checks,
  };
}
