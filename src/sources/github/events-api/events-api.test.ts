import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Payload } from '../../../shared/payload.ts';
import { normalise } from '../normalise.ts';
import { actionsOf, completed, missingOf } from './complete.ts';
import { type WebhookShape, webhookOf } from './webhook-of.ts';

const AT = '2026-01-02T03:04:05Z';
const NUMBER = { number: 7, url: 'https://api.github.com/repos/acme/api/pulls/7', id: 1 };
const THREAD = { number: 7, title: 'Uploads fail', html_url: 'https://github.com/acme/api/issues/7' };
const DETAIL = {
  title: 'Retry uploads',
  number: 7,
  merged_at: null,
  closed_at: null,
  html_url: 'https://github.com/acme/api/pull/7',
};

function shape(type: string, payload: object): WebhookShape {
  const actor = { login: 'mona', avatar_url: 'https://a.test/1' };
  const event = { id: '9', type, actor, repo: { name: 'acme/api' }, created_at: AT, payload } as Payload;
  const found = webhookOf(event, 'https://github.com');
  assert.ok(found);
  return found;
}

function told({ type, payload }: WebhookShape) {
  const body = Buffer.from(JSON.stringify(payload));
  const known = {
    id: 1,
    origin: 'poll',
    source: 'github',
    deliveryId: 'events:9',
    guid: 'events:9',
    headers: {},
  } as const;
  const result = normalise({ ...known, type, body, receivedAt: 0, storedAt: 0, replays: 0, settled: null });
  assert.equal(result.kind, 'activity', JSON.stringify(result));
  if (result.kind !== 'activity') throw new Error('unreachable');
  const { kind, subject, actor, keys } = result.activity;
  return [kind, subject?.title, actor?.login, keys.echo];
}

const whole = (found: WebhookShape, detail: Payload | null = DETAIL) => {
  const missing = missingOf(found);
  return missing === null ? found : completed(found, missing, detail);
};

for (const [type, payload, expected] of [
  [
    'IssuesEvent',
    { action: 'opened', issue: THREAD },
    ['issues.opened', 'Uploads fail', 'mona', 'issues.opened acme/api 7'],
  ],
  [
    'IssueCommentEvent',
    { action: 'created', issue: THREAD, comment: { id: 3, body: 'Same here' } },
    ['issue_comment.created', 'Uploads fail', 'mona', 'issue_comment.created acme/api 3'],
  ],
  [
    'PullRequestEvent',
    { action: 'opened', pull_request: NUMBER },
    ['pull_request.opened', 'Retry uploads', 'mona', 'pull_request.opened acme/api 7'],
  ],
  [
    'PullRequestEvent',
    { action: 'merged', pull_request: NUMBER },
    ['pull_request.merged', 'Retry uploads', 'mona', 'pull_request.merged acme/api 7'],
  ],
  [
    'PullRequestReviewEvent',
    { action: 'created', pull_request: NUMBER, review: { id: 4, state: 'approved' } },
    ['pull_request_review.submitted', 'Retry uploads', 'mona', 'pull_request_review.submitted acme/api 4'],
  ],
  [
    'PullRequestReviewCommentEvent',
    { action: 'created', pull_request: NUMBER, comment: { id: 5 } },
    ['pull_request_review_comment.created', 'Retry uploads', 'mona', 'pull_request_review_comment.created acme/api 5'],
  ],
  [
    'ReleaseEvent',
    { action: 'published', release: { id: 6, tag_name: 'v1', name: 'One', published_at: AT } },
    ['release.published', 'One', 'mona', `release.published acme/api 6 at ${AT}`],
  ],
  ['WatchEvent', { action: 'started' }, ['star.created', 'acme/api', 'mona', 'star.created acme/api mona']],
  [
    'ForkEvent',
    { action: 'forked', forkee: { full_name: 'mona/api' } },
    ['fork', 'mona/api', 'mona', 'fork acme/api mona/api'],
  ],
] as const) {
  test(`${type} ${'action' in payload ? payload.action : ''} is told as its webhook would be`, () => {
    assert.deepEqual(told(whole(shape(type, payload))), expected);
  });
}

test('a push gets its commits from the comparison', () => {
  const push = shape('PushEvent', { ref: 'refs/heads/main', before: 'a1', head: 'b2' });
  assert.deepEqual(missingOf(push), { part: 'commits', path: '/repos/acme/api/compare/a1...b2' });
  const commits = [{ sha: 'b2', commit: { message: 'Fix it\n\nAt last' }, html_url: 'https://github.com/c' }];
  assert.deepEqual(told(whole(push, { status: 'ahead', commits })), [
    'push',
    'Fix it',
    'mona',
    'push acme/api refs/heads/main a1..b2',
  ]);
  assert.equal(told(whole(push, null))[0], 'push');
});

test('whether a closing was the merge is known by its time', () => {
  const closed = shape('PullRequestEvent', { action: 'closed', pull_request: NUMBER });
  assert.deepEqual(actionsOf(closed), ['closed', 'merged']);
  const merged = (merged_at: string) =>
    told(whole(closed, { ...DETAIL, merged: true, merged_at, closed_at: merged_at }));
  assert.equal(merged('2026-01-02T03:04:04Z')[0], 'pull_request.merged');
  assert.deepEqual(
    [merged('2026-02-02T00:00:00Z')[0], merged('2026-02-02T00:00:00Z')[3]],
    ['pull_request.closed', `pull_request.closed acme/api 7 at ${AT}`],
  );
});

test('what nobody asked for, or is gone, has its number for a title', () => {
  const opened = shape('PullRequestEvent', { action: 'opened', pull_request: NUMBER });
  assert.deepEqual(missingOf(opened), { part: 'pull_request', path: '/repos/acme/api/pulls/7' });
  assert.equal(told(whole(opened, null))[1], 'Pull request 7');
});

test('kinds that are not polled are left out', () => {
  assert.equal(webhookOf({ type: 'GollumEvent', repo: { name: 'a/b' }, created_at: AT, payload: {} }, ''), null);
});
