import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tell } from '../../../tests/golden/tell.ts';
import { setPath } from './samples/apply-set.ts';
import { sample } from './samples/sample.ts';

const API = { full_name: 'acme/api' };
const WEB = { full_name: 'acme/web' };

/** What an issue's event is told once by: `changes` name the other end of a transfer. */
function dedupKey(action: string, number: number, repository: object, changes: object): string {
  const payload = sample('issues.opened', { n: 0, now: Date.UTC(2026, 0, 15) })?.payload ?? {};
  for (const [path, value] of Object.entries({ action, repository, changes, 'issue.number': number })) {
    setPath(payload, path, value);
  }
  const told = tell('issues', payload);
  assert.ok(told.kind === 'activity');
  return told.activity.keys.dedup;
}

test('two events of one happening have one key: a destination that would hear both hears the first', () => {
  const leaves = dedupKey('transferred', 12, API, { new_issue: { number: 7 }, new_repository: WEB });
  const arrives = dedupKey('opened', 7, WEB, { old_issue: { number: 12 }, old_repository: API });
  assert.equal(leaves, 'github:transfer acme/api#12 acme/web#7');
  assert.equal(arrives, leaves);
});

test('any other event has the key of its delivery and kind', () => {
  assert.match(dedupKey('opened', 7, WEB, {}), /^github:[0-9a-f-]{36}:issues\.opened$/);
});
