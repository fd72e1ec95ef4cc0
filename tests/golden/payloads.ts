import { githubExamples } from '../fixtures/github-examples.ts';
import { PAIRS_ADMINISTRATION } from '../fixtures/pairs/administration.ts';
import { PAIRS_CODE } from '../fixtures/pairs/code.ts';
import { PAIRS_CONVERSATION } from '../fixtures/pairs/conversation.ts';

export interface Case {
  /** `issues.opened`, as GitHub names it; the event alone where it has no actions. */
  readonly pair: string;
  readonly type: string;
  /** Which payload of its event, from 1, in the order of its collection. */
  readonly no: number;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Payloads that GitHub sent, of 161 pairs. */
export function recorded(): readonly Case[] {
  const counts = new Map<string, number>();
  return githubExamples().map(({ type, payload }) => {
    const no = (counts.get(type) ?? 0) + 1;
    counts.set(type, no);
    const { action } = payload;
    return { pair: typeof action === 'string' ? `${type}.${action}` : type, type, no, payload };
  });
}

/** Payloads written by hand after GitHub's documentation: pairs that nobody recorded. */
export function written(): readonly Case[] {
  const pairs = Object.entries({ ...PAIRS_ADMINISTRATION, ...PAIRS_CODE, ...PAIRS_CONVERSATION });
  return pairs.map(([pair, payload], index) => ({ pair, type: pair.split('.')[0] ?? pair, no: index + 1, payload }));
}
