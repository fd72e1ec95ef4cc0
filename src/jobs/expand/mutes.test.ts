import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anActivity } from '../../../tests/fixtures/activities.ts';
import type { StoredEvent } from '../../model/event.ts';
import type { Mute } from '../../model/inbox/mutes.ts';
import type { Decision } from '../../model/rule.ts';
import { mutedIn, unmuted } from './mutes.ts';

const MUTE: Mute = { thread: 'acme/api#1', whom: 'team', until: null, by: 'mona', at: 0 };
const TOLD: Decision = {
  tell: [{ destination: 'team', rule: 'r', mentions: [], notBefore: null }],
  trace: { kind: null, rules: [] },
  reason: null,
  settleMs: 0,
  wantsPaths: false,
};
const routable = (thread: string | null, replays = 0) => {
  return { event: { replays } as StoredEvent, activity: anActivity({ thread }), transition: null };
};
const owners = new Map<string, string>();

test('each thread is asked about once, and none where nothing belongs to one', async () => {
  const asked: (readonly string[])[] = [];
  const inbox = {
    mutes: async (threads: readonly string[]) => {
      asked.push(threads);
      return [MUTE, { ...MUTE, whom: '@mona' }];
    },
  };
  const muted = await mutedIn([routable('acme/api#1'), routable(null), routable('acme/api#1')], inbox, 0);
  assert.deepEqual(muted.get('acme/api#1')?.length, 2);
  assert.equal((await mutedIn([routable(null)], inbox, 0)).size, 0);
  assert.deepEqual(asked, [['acme/api#1']]);
});

test('what a person replays is told all the same, and so is what belongs to no thread or to another', () => {
  const muted = new Map([['acme/api#1', [MUTE]]]);
  const told = (...given: Parameters<typeof routable>) => {
    return unmuted(TOLD, routable(...given), { muted, owners }).tell.length;
  };
  assert.deepEqual([told('acme/api#1'), told('acme/api#1', 1), told(null), told('acme/api#2')], [0, 1, 1, 1]);
});
