import type { Settled } from '../../src/model/event.ts';
import type { Expansion, ResultQuestion } from '../../src/model/inbox/backlog.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { newEvent } from '../fixtures/stored.ts';
import { type freshInboxes, lease } from './inbox-under-test.ts';

export const THREAD = 'acme/api#12';
export const NOTHING_LEARNED: Settled = { labels: null, isDraft: null };

export const says = (settled: Partial<Settled>, thread = THREAD) => ({
  news: { thread, settled: { ...NOTHING_LEARNED, ...settled } },
});
export const ended = (run: string, passed: boolean, key = 'ci') => ({ result: { key, run, passed } });

/** An inbox with so many pending events, and who decides about them. */
export async function expanding(freshInbox: ReturnType<typeof freshInboxes>, count: number) {
  const { inbox, reopen, under } = await freshInbox();
  const expander = await lease(inbox, 'expand');
  const appended = await Promise.all(Array.from({ length: count }, () => inbox.append(newEvent())));
  const ids = appended.map(({ id }) => id);
  const expand = (...expansions: Expansion[]) => inbox.expand(expander, expansions);
  return { inbox, expander, expand, ids, id: (n: number) => ids[n] ?? 0, reopen, under };
}

export const seen = async (inbox: Inbox) => (await inbox.pending(999)).map(({ id, settled }) => [id, settled]);
/** How what came before each of these ended, asked as by a failure. */
export const passedBefore = async (inbox: Inbox, asked: readonly Omit<ResultQuestion, 'passed'>[]) =>
  (await inbox.resultsBefore(asked.map((each) => ({ ...each, passed: false })))).map(
    (before) => before && before.passed,
  );
export const inLane = async (inbox: Inbox, lane = 'slack') =>
  (await inbox.waiting(lane, 9_999)).notifications.map(({ eventId }) => eventId);
export const depthOf = async (inbox: Inbox, lane: string) =>
  (await inbox.depths()).find((each) => each.lane === lane) ?? { depth: 0, oldestReceivedAt: null };
