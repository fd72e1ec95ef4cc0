import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownOf } from '../../../tests/fixtures/known.ts';
import { aWaitingPull } from '../../../tests/fixtures/reminders.ts';
import type { SubjectState } from '../../model/known/card.ts';
import { type Directory, NOBODY } from '../../model/rule.ts';
import { waitingOn } from './waits.ts';

const team = { ids: {}, members: new Set(['mona']) };
const DIRECTORY: Directory = { ...NOBODY, teams: new Map([['acme/backend', team]]) };

/** Pages of two: what is asked of a database that holds many. */
function known(...all: readonly SubjectState[]) {
  const byThread = new Map(all.map((each) => [each.thread, each]));
  return {
    subjects: async (threads: readonly string[]) => threads.map((thread) => byThread.get(thread) ?? null),
    subjectsAfter: async (after: string) =>
      all
        .toSorted((a, b) => (a.thread < b.thread ? -1 : 1))
        .filter(({ thread }) => thread > after)
        .slice(0, 2),
  };
}

async function waits(login: string, ...all: readonly SubjectState[]) {
  const found = await waitingOn(login, known(...all), DIRECTORY);
  return found.map(({ thread, what, since }) => [thread, what, since]);
}

const checks = (value: string) => knownOf('acme/api@f00d', { 'check:lint': value }, { at: 9 });

test('a review that is asked of somebody, or of a team of theirs, waits on them: the longest first', async () => {
  const ofTeam = aWaitingPull(2, 1, { 'asked:mona': null, 'asked:acme/Backend': true });
  const ofOther = aWaitingPull(3, 1, { 'asked:mona': null, 'asked:hubot': true });
  const all = [aWaitingPull(1, 5), ofTeam, ofOther, aWaitingPull(4, 3, { state: 'merged' })];
  assert.deepEqual(await waits('Mona', ...all), [
    ['acme/api#2', 'review', 1],
    ['acme/api#1', 'review', 5],
  ]);
  assert.deepEqual(await waits('hubot', ...all), [['acme/api#3', 'review', 1]]);
  assert.deepEqual(await waits('nobody', ...all), []);
});

test('their own is ready once it is approved as often as it needs, and blocked by changes and by checks that fail', async () => {
  const own = (n: number, facts: Parameters<typeof aWaitingPull>[2]) =>
    aWaitingPull(n, 2, { author: 'mona', 'asked:mona': null, ...facts });
  const approved = { 'review:hubot': 'approved', checks: 'acme/api@f00d' };
  assert.deepEqual(await waits('mona', own(1, approved), checks('passed')), [['acme/api#1', 'ready', 2]]);
  assert.deepEqual(await waits('mona', own(1, approved), checks('running')), [['acme/api#1', 'ready', 2]]);
  assert.deepEqual(await waits('mona', own(1, approved), checks('failed')), [['acme/api#1', 'blocked', 9]]);
  assert.deepEqual(await waits('mona', own(1, { ...approved, needed: 2 }), checks('passed')), []);
  assert.deepEqual(await waits('mona', own(1, { 'review:hubot': 'changes' })), [['acme/api#1', 'blocked', 2]]);
  assert.deepEqual(await waits('mona', own(1, { ...approved, state: 'draft' }), checks('failed')), []);
  assert.deepEqual(await waits('mona', own(1, {})), []);
});

test('their branch says how many approvals it needs, wherever among all that is known it stands', async () => {
  const facts = { author: 'mona', 'asked:mona': null, 'review:hubot': 'approved', place: 'acme/api', base: 'main' };
  const branch = { noun: 'branch', place: 'acme/api', base: 'main', needed: 2 };
  const again = { ...facts, 'review:lin': 'approved' };
  for (const thread of ['acme/api!main', 'acme/apj!main']) {
    const all = [knownOf(thread, branch), aWaitingPull(1, 2, facts), aWaitingPull(2, 3, again)];
    assert.deepEqual(await waits('mona', ...all), [['acme/api#2', 'ready', 3]]);
  }
});

test('of many the fifty that wait longest, whatever their names and authors are', async () => {
  const many = Array.from({ length: 120 }, (_, n) =>
    aWaitingPull(n, 1_000 - n, { author: null, title: '\u202e'.repeat(9) }),
  );
  const found = await waits('mona', ...many);
  assert.deepEqual([found.length, found[0]?.[0]], [50, 'acme/api#119']);
});
