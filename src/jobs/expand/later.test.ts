import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anActivity } from '../../../tests/fixtures/activities.ts';
import type { StoredEvent } from '../../model/event.ts';
import type { SubjectState } from '../../model/known/card.ts';
import type { Decision } from '../../model/rule.ts';
import { laterEvents, postponedIn, whatHappened } from './later.ts';

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
