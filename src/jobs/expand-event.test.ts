import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Activity } from '../model/activity.ts';
import type { StoredEvent } from '../model/event.ts';
import type { Route } from '../model/rule.ts';
import type { Normalised, Source } from '../model/source.ts';
import { expandEvent } from './expand-event.ts';

const ACTIVITY = {
  action: 'opened',
  repo: { fullName: 'acme/api', url: 'https://github.com/acme/api' },
  dedupKey: 'issues.opened:1',
  echoKey: 'issues.opened acme/api 1',
} as Activity;
const TRACE = { kind: 'issues.opened', rules: [] };
const told: Route = () => ({ tell: [{ destination: 'team', rule: 'classics' }], trace: TRACE, reason: null });
const untold: Route = () => ({ tell: [], trace: TRACE, reason: 'no rule matched' });

function expand(options: { event?: Partial<StoredEvent>; route?: Route; normalise?: () => Normalised } = {}) {
  const event = { id: 12, source: 'github', body: Buffer.from('{}'), replays: 0, ...options.event } as StoredEvent;
  const normalise = options.normalise ?? (() => ({ kind: 'activity', activity: ACTIVITY }));
  const sources = new Map([['github', { name: 'github', normalise } as unknown as Source]]);
  return expandEvent(event, sources, options.route ?? told);
}

test('an activity somebody wants is routed: one notification for each destination, with action, repo and trace', () => {
  const { state, reason, action, repo, trace, notifications } = expand();
  assert.deepEqual(
    { state, reason, action, repo, trace },
    { state: 'routed', reason: null, action: 'opened', repo: 'acme/api', trace: TRACE },
  );
  assert.deepEqual(notifications, [
    {
      destination: 'team',
      rule: 'classics',
      activity: ACTIVITY,
      dedupKey: 'issues.opened:1',
      echoKey: 'issues.opened acme/api 1',
      isReplay: false,
    },
  ]);
});

test('an activity nobody wants is skipped with the reason and the trace', () => {
  const { state, reason, trace, notifications } = expand({ route: untold });
  assert.deepEqual(
    { state, reason, trace, notifications },
    { state: 'skipped', reason: 'no rule matched', trace: TRACE, notifications: [] },
  );
});

test('what the normaliser skips keeps its reason, action and repo', () => {
  const expansion = expand({
    normalise: () => ({ kind: 'skip', reason: 'issues.pinned is not announced', action: 'pinned', repo: 'acme/api' }),
  });
  assert.equal(expansion.state, 'skipped');
  assert.deepEqual(
    [expansion.reason, expansion.action, expansion.repo],
    ['issues.pinned is not announced', 'pinned', 'acme/api'],
  );
});

test('a replayed event is told again under a key of its own', () => {
  const [notification] = expand({ event: { replays: 2 } }).notifications;
  assert.deepEqual([notification?.dedupKey, notification?.isReplay], ['issues.opened:1#replay-2', true]);
});

test('an event of a source that is gone fails and says what to do', () => {
  const expansion = expand({ event: { source: 'old' } });
  assert.equal(expansion.state, 'failed');
  assert.match(expansion.reason ?? '', /no source "old".*tidings replay 12/);
});

test('a throw in the normaliser or in a rule fails that event with the message', () => {
  const throwing = (): never => {
    throw new Error('issue.title is missing');
  };
  for (const expansion of [expand({ normalise: throwing }), expand({ route: throwing })]) {
    assert.deepEqual([expansion.state, expansion.reason], ['failed', 'issue.title is missing']);
  }
});

test('a value that no column can hold fails that event, so that it cannot keep its batch from being stored', () => {
  const odd = { number: 7 } as unknown as string;
  for (const normalised of [
    { kind: 'skip', reason: 'not announced', action: odd },
    { kind: 'activity', activity: { ...ACTIVITY, action: odd } },
    { kind: 'activity', activity: { ...ACTIVITY, repo: { fullName: odd, url: '' } } },
    { kind: 'activity', activity: { ...ACTIVITY, dedupKey: odd } },
    { kind: 'activity', activity: { ...ACTIVITY, echoKey: odd } },
  ] satisfies Normalised[]) {
    const expansion = expand({ normalise: () => normalised });
    assert.equal(expansion.state, 'failed');
    assert.match(expansion.reason ?? '', /^(action|repo|dedupKey|echoKey) is not text$/);
  }
});
