import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalise } from './normalise.ts';
import { setPath } from './samples/apply-set.ts';
import { sample } from './samples/sample.ts';

function key(name: string, changes: Readonly<Record<string, unknown>> = {}): string | null {
  const made = sample(name, { n: 0, now: Date.UTC(2026, 0, 15) });
  assert.ok(made);
  for (const [path, value] of Object.entries(changes)) setPath(made.payload, path, value);
  const body = Buffer.from(JSON.stringify(made.payload));
  const known = { id: 1, source: 'github', deliveryId: '7:guid', guid: 'guid', headers: {}, replays: 0, settled: null };
  const result = normalise({ ...known, origin: 'webhook', type: made.type, body, receivedAt: 0, storedAt: 0 });
  assert.equal(result.kind, 'activity');
  return result.kind === 'activity' ? result.activity.keys.echo : null;
}

test('an echo key names the happening: the same for two deliveries of it', () => {
  const merged = { 'repository.full_name': 'Acme/API', 'pull_request.number': 12 };
  assert.equal(key('pull_request.merged', merged), 'pull_request.merged acme/api 12');
  assert.equal(
    key('pull_request.merged', { ...merged, 'pull_request.title': 'x' }),
    key('pull_request.merged', merged),
  );
  assert.equal(key('issues.opened', { 'issue.number': 7 }), 'issues.opened acme/api 7');
  assert.equal(key('star.created', { 'sender.login': 'mona' }), 'star.created acme/api mona');
  assert.equal(key('push', { before: 'a1', after: 'b2', ref: 'refs/heads/x' }), 'push acme/api refs/heads/x a1..b2');
  assert.equal(key('issue_comment.created', { 'comment.id': 9 }), 'issue_comment.created acme/api 9');
});

test('what can happen again has its time in the key', () => {
  const closed = { 'issue.number': 7, 'issue.closed_at': '2026-01-02T00:00:00Z' };
  assert.equal(key('issues.closed', closed), 'issues.closed acme/api 7 at 2026-01-02T00:00:00Z');
});
