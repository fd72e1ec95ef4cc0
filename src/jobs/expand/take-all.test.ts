import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aStoredEvent } from '../../../tests/doubles/application-double.ts';
import { anActivity } from '../../../tests/fixtures/activities.ts';
import type { Expansion, NewNotification } from '../../model/inbox/backlog.ts';
import type { Source } from '../../model/source.ts';
import { blank } from './read-event.ts';
import { withTakers } from './take-all.ts';

const TAKERS = [
  { name: 'app', takesAll: () => true },
  {
    name: 'answers',
    takesAll: (source: string) => source === 'chat',
    isAsked: ({ type }: { type: string }) => type === 'ask',
  },
];
const SOURCES = new Map(['chat', 'github'].map((name) => [name, { name } as unknown as Source]));

function taken(type: string, more: Partial<Expansion>, source = 'chat') {
  const event = aStoredEvent({ type, source });
  const activity = anActivity();
  const expansion = withTakers(
    { ...blank(event), state: 'skipped', ...more },
    { event, activity },
    { takers: TAKERS, sources: SOURCES },
  );
  return { ...expansion, to: expansion.notifications.map(({ destination, rule }) => `${destination} ${rule}`) };
}

const told = [{ destination: 'team', rule: 'all' } as unknown as NewNotification];

test('what is asked goes to whom it is asked of, beside who takes all, and no rule tells it', () => {
  const { state, reason, to } = taken('ask', { state: 'routed', notifications: told });
  assert.deepEqual(
    [state, reason, to],
    ['routed', 'it is asked of answers: no rule tells it', ['answers asked', 'app raw']],
  );
});

test('nobody who asks waits until anything has settled', () => {
  const { state, settle, to } = taken('ask', {
    state: 'pending',
    settle: { until: 1, thread: null, joinsAfter: null },
  });
  assert.deepEqual([state, settle, to], ['routed', null, ['answers asked', 'app raw']]);
  assert.deepEqual(taken('news', { state: 'pending' }).to, []);
});

test('who is only asked gets nothing else, nothing of other sources, and nothing that looks forged', () => {
  assert.deepEqual(taken('news', { state: 'routed', notifications: told }).to, ['team all', 'app raw']);
  assert.deepEqual(taken('ask', { state: 'routed', notifications: told }, 'github').to, ['team all', 'app raw']);
  assert.deepEqual(taken('ask', { state: 'quarantined' }).to, []);
});
