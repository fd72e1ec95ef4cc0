import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Mute } from '../model/inbox/mutes.ts';
import type { Decision, Telling } from '../model/rule.ts';
import { withoutMuted } from './muted.ts';

const BY = 'mona (Slack U012AB3CD)';
const MONA = { name: 'Mona', ids: { slack: 'U012AB3CD' } };
const HUBOT = { name: 'hubot', ids: { slack: 'U012AB3CE' } };
const telling = (destination: string, more: Partial<Telling> = {}): Telling => {
  return { destination, rule: 'r', mentions: [], notBefore: null, ...more };
};
const decision = (...tell: readonly Telling[]): Decision => {
  return { tell, trace: { kind: 'issues.opened', rules: [] }, reason: null, settleMs: 0, wantsPaths: false };
};
const mute = (whom: string, until: number | null = null): Mute => {
  return { thread: 'acme/api#1', whom, until, by: BY, at: 0 };
};
const names = ({ tell }: Decision) =>
  tell.map(({ destination, mentions }) => [destination, mentions.map(({ name }) => name)]);

test('a destination that is muted is not told, the others are; the trace says by whom and until when', () => {
  const left = withoutMuted(decision(telling('team'), telling('ops')), [mute('team', 0)], new Map());
  assert.deepEqual(names(left), [['ops', []]]);
  assert.deepEqual(left.trace.muted, { team: `muted by ${BY} until 1970-01-01T00:00:00.000Z` });
  assert.equal(left.reason, null);
});

test('where nobody is left, the mute is the reason', () => {
  const { tell, reason } = withoutMuted(decision(telling('team')), [mute('team')], new Map());
  assert.deepEqual([tell, reason], [[], `team is not told: muted by ${BY} for good`]);
});

test('whoever muted it is not called by name, whatever the case of their login; the channel and others are told', () => {
  const here = { name: 'here', audience: 'here', ids: {} } as const;
  const left = withoutMuted(
    decision(telling('team', { mentions: [MONA, HUBOT, here] })),
    [mute('@mona'), mute('@here')],
    new Map(),
  );
  assert.deepEqual(names(left), [['team', ['hubot', 'here']]]);
  assert.deepEqual(Object.keys(left.trace.muted ?? {}), ['@mona']);
});

test('nor told by themselves: with others, alone, or where a destination is theirs', () => {
  const alone = (...mentions: readonly (typeof MONA)[]) =>
    telling('people', { mentions, recipients: mentions.map((mention) => ({ mention, rule: 'r', notBefore: null })) });
  const both = withoutMuted(decision(alone(MONA, HUBOT)), [mute('@mona')], new Map());
  assert.deepEqual([names(both), both.tell[0]?.recipients?.length], [[['people', ['hubot']]], 1]);
  assert.deepEqual(withoutMuted(decision(alone(MONA)), [mute('@mona')], new Map()).tell, []);
  const owners = new Map([['dm-mona', 'Mona']]);
  assert.deepEqual(names(withoutMuted(decision(telling('dm-mona'), telling('team')), [mute('@mona')], owners)), [
    ['team', []],
  ]);
});

test('whom a rule named as people is said to be left out, and why', () => {
  const sought = [{ rule: 'r', word: '@asked', told: ['Mona', 'hubot'], left: {} }];
  const asked = { ...decision(telling('team', { mentions: [MONA] })), trace: { kind: null, rules: [], sought } };
  const { trace } = withoutMuted(asked, [mute('@mona')], new Map());
  assert.deepEqual(trace.sought, [
    { rule: 'r', word: '@asked', told: ['hubot'], left: { Mona: `muted by ${BY} for good` } },
  ]);
});

test('a mute of somebody who is not told changes nothing at all', () => {
  const asked = decision(telling('team', { mentions: [HUBOT] }));
  assert.equal(withoutMuted(asked, [mute('@mona'), mute('ops'), mute('@__proto__')], new Map()), asked);
});
