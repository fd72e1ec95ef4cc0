import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anActivity } from '../../../tests/fixtures/activities.ts';
import type { StoredEvent } from '../../model/event.ts';
import type { Decision } from '../../model/rule.ts';
import { expansionOf } from './expand-event.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const ACTIVITY = anActivity({ dedupKey: 'issues.opened:1', echoKey: 'issues.opened acme/api 1', thread: 'acme/api#1' });
const MONA = { name: 'Mona', ids: { slack: 'U0MONA' } };
const HUBOT = { name: 'hubot', ids: { slack: 'U0HUBOT' } };

const DECISION: Decision = {
  tell: [
    { destination: 'team', rule: 'all', mentions: [], notBefore: null },
    {
      destination: 'people',
      rule: 'look',
      notBefore: NOW,
      mentions: [MONA, HUBOT],
      recipients: [
        { mention: MONA, rule: 'look', notBefore: NOW },
        { mention: HUBOT, rule: 'also', notBefore: null },
      ],
    },
  ],
  trace: { kind: 'issues.opened', rules: [] },
  reason: null,
  settleMs: 0,
  wantsPaths: false,
};

function expanded(replays = 0) {
  const event = { id: 12, source: 'github', body: Buffer.from('{}'), receivedAt: NOW, replays, settled: null };
  return expansionOf(
    { event: event as unknown as StoredEvent, activity: ACTIVITY, transition: null },
    DECISION,
    () => ({}),
  );
}

test('who is told by direct message is told alone: keys, thread, rule and time of their own', () => {
  const { notifications, trace } = expanded();
  assert.deepEqual(
    notifications.map(({ destination, rule, dedupKey, echoKey, notBefore, activity, mentions }) => {
      const names = mentions.map(({ name }) => name);
      return [destination, rule, dedupKey, echoKey, notBefore, activity.keys.thread, names];
    }),
    [
      ['team', 'all', 'issues.opened:1', 'issues.opened acme/api 1', null, 'acme/api#1', []],
      ['people', 'look', 'issues.opened:1@mona', 'issues.opened acme/api 1@mona', NOW, 'acme/api#1@mona', ['Mona']],
      [
        'people',
        'also',
        'issues.opened:1@hubot',
        'issues.opened acme/api 1@hubot',
        null,
        'acme/api#1@hubot',
        ['hubot'],
      ],
    ],
  );
  assert.deepEqual(trace?.called, { people: ['Mona', 'hubot'] });
});

test('a replay tells each of them again, once', () => {
  assert.deepEqual(
    expanded(2).notifications.map(({ dedupKey }) => dedupKey),
    ['issues.opened:1#replay-2', 'issues.opened:1@mona#replay-2', 'issues.opened:1@hubot#replay-2'],
  );
});
