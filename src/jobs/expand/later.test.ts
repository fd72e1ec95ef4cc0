import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anActivity } from '../../../tests/fixtures/activities.ts';
import type { NewEvent, StoredEvent } from '../../model/event.ts';
import type { SubjectState } from '../../model/known/card.ts';
import type { Decision, Route } from '../../model/rule.ts';
import type { Source } from '../../model/source.ts';
import type { JobContext } from '../context.ts';
import { withOwnSource } from '../remind/own-source.ts';
import { DEFAULT_TIMING } from '../timing.ts';
import { decide } from './decide.ts';
import { laterEvents, postponedIn, whatHappened } from './later.ts';
import type { Taker } from './take-all.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const MINUTE = 60_000;
const ACTIVITY = anActivity({ dedupKey: 'review_requested:1', thread: 'acme/api#1' });
const DECISION: Decision = {
  tell: [],
  later: [{ rule: 'look', afterMs: 30 * MINUTE, people: ['mona'] }],
  trace: { kind: 'pull_request.review_requested', rules: [] },
  reason: null,
  settleMs: 0,
  wantsPaths: false,
};

function postponed(replays = 0) {
  const event = { id: 12, source: 'github', receivedAt: NOW, replays, settled: null } as unknown as StoredEvent;
  const [later] = laterEvents({ event, activity: ACTIVITY, transition: null }, DECISION, NOW);
  return { later, said: postponedIn(later as unknown as StoredEvent) ?? assert.fail() };
}

function knowing(facts: readonly (readonly [eventId: number, at: number])[]) {
  const kept = facts.map(([eventId, at], n) => [`review:${n}`, { value: 'approved', at, eventId }] as const);
  const subject: SubjectState = { thread: 'acme/api#1', version: 1, facts: Object.fromEntries(kept) };
  return { subjects: async () => [facts.length === 0 ? null : subject] };
}

test('what is told later has an id of its event and rule, and a replay tells it at once', () => {
  assert.deepEqual([postponed().later?.deliveryId, postponed().said.until], ['later 12 look', NOW + 30 * MINUTE]);
  const again = postponed(2);
  assert.deepEqual(
    [again.later?.deliveryId, again.said.until, again.said.unless, again.said.activity.keys.dedup],
    ['later 12 look#replay-2', NOW, null, 'review_requested:1#replay-2'],
  );
});

test('it is told where nothing of its thread is newer; what comes right behind it belongs to it', async () => {
  const { said } = postponed();
  assert.equal(await whatHappened(said, knowing([])), null);
  assert.equal(await whatHappened(said, knowing([[12, NOW]])), null);
  assert.equal(await whatHappened(said, knowing([[13, NOW + MINUTE]])), null);
  assert.equal(await whatHappened(said, knowing([[9, NOW + 5 * MINUTE]])), null);
  assert.equal(
    await whatHappened(
      said,
      knowing([
        [12, NOW],
        [14, NOW + 5 * MINUTE],
      ]),
    ),
    'something happened since',
  );
  assert.equal(await whatHappened(postponed(1).said, knowing([[14, NOW + 5 * MINUTE]])), null);
});

/** Decides about one event, an hour after something happened of its thread; `stored`: what it put into the store. */
async function decided(event: Partial<StoredEvent>, takers: readonly Taker[] = []) {
  const stored: NewEvent[] = [];
  const { subjects } = knowing([[50, NOW + 60 * MINUTE]]);
  const inbox = { subjects, append: async (each: NewEvent) => stored.push(each) };
  const shutdown = { stopping: new AbortController().signal };
  const clock = { now: () => NOW, monotonic: () => 0 };
  const context = { clock, inbox, timing: DEFAULT_TIMING, shutdown } as unknown as JobContext;
  const normalise = () => ({ kind: 'activity', activity: ACTIVITY });
  const sources = withOwnSource(new Map([['github', { name: 'github', normalise } as unknown as Source]]));
  const telling = { destination: 'people', rule: 'look', mentions: [], notBefore: null };
  const route: Route = ({ activity: { source } }) =>
    source === 'tidings' ? { ...DECISION, later: [], tell: [telling] } : FIRST;
  const whole = { id: 12, source: 'github', body: Buffer.from('{}'), receivedAt: NOW, replays: 0, settled: null };
  const decider = { context, sources, route, inquiries: new Map(), digesting: new Set<string>(), takers };
  const [expansion] = await decide(decider, [{ ...whole, ...event } as StoredEvent], Promise.resolve());
  return { stored, expansion };
}

const FIRST: Decision = { ...DECISION, reason: 'later' };

test('of what is asked of a bot, which no rule tells, nobody is told later either', async () => {
  assert.equal((await decided({})).stored.length, 1);
  const answers = { name: 'answers', takesAll: () => true, isAsked: () => true };
  assert.deepEqual((await decided({}, [answers])).stored, []);
});

test('what somebody replays before its time, or after something happened, they see at once', async () => {
  const [{ source, type, body } = assert.fail()] = (await decided({})).stored;
  const become = async (more: Partial<StoredEvent>) => {
    const { expansion } = await decided({ source, type, body, ...more });
    return [expansion?.state, expansion?.reason, expansion?.notifications.length];
  };
  assert.equal((await become({}))[0], 'pending');
  const settled = { labels: null, isDraft: null };
  assert.deepEqual(await become({ settled }), ['skipped', 'something happened since', 0]);
  assert.deepEqual(await become({ replays: 1 }), ['routed', null, 1]);
});
