import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAYLOADS } from '../../../tests/fixtures/sources/gitea-payloads.ts';
import type { GoldenPayload } from '../../../tests/golden/entry.ts';
import { storedEvent } from '../../../tests/golden/tell.ts';
import { PayloadError } from '../../shared/payload.ts';
import { sentence } from '../../text/sentence.ts';
import { normalise } from './normalise.ts';
import { SAMPLES } from './samples/samples.ts';

const SENT: readonly Pick<GoldenPayload, 'type' | 'payload'>[] = [
  ...SAMPLES.names().flatMap((pair) => SAMPLES.make(pair, 0, 0) ?? []),
  ...PAYLOADS,
];

function told(type: string, payload: object) {
  const found = normalise(storedEvent(type, payload));
  assert.equal(found.kind, 'activity');
  return found.activity;
}

test('nothing that Gitea sends contradicts its name, and as another event it is held', () => {
  const types = [...new Set(SENT.map(({ type }) => type))];
  const sort = (type: string) => type.replace(/_(?:approved|rejected|comment|failure|recover|success)$/, '');
  let held = 0;
  for (const { type, payload } of SENT) {
    assert.notEqual(normalise(storedEvent(type, payload)).kind, 'suspect', type);
    for (const other of types.filter((name) => sort(name) !== sort(type))) {
      if (normalise(storedEvent(other, payload)).kind === 'suspect') held++;
    }
  }
  assert.ok(held > 1_000, String(held));
  const push = SAMPLES.make('push', 0, 0)?.payload ?? {};
  assert.equal(normalise(storedEvent('pear', push)).kind, 'suspect');
  assert.equal(normalise({ ...storedEvent('pear', push), released: true }).kind, 'activity');
});

test('a verdict is what the body says, which is signed', () => {
  const rejected = SAMPLES.make('pull_request_rejected.reviewed', 0, 0)?.payload ?? {};
  assert.equal(told('pull_request_approved', rejected).said.headline, 'Changes requested');
  assert.equal(told('pull_request_review_rejected', rejected).kind, 'pull_request_rejected.reviewed');
});

test('a branch that is new is told once, by its push or by itself', () => {
  const repository = { full_name: 'Acme/API' };
  const after = 'ab'.repeat(20);
  const push = told('push', { ref: 'refs/heads/retry', before: '0'.repeat(40), after, commits: [], repository });
  const create = told('create', { ref: 'retry', ref_type: 'branch', sha: after, repository });
  assert.equal(push.keys.dedup, create.keys.dedup);
});

test('a run that recovered is told once, and compared with the one before on its branch', () => {
  const run = { id: 4, workflow_id: 'ci.yml', prettyref: 'main', stopped: '2026-01-01T08:00:00Z' };
  const payload = (action: string) => ({ action, run, prior_status: 'running', repository: { full_name: 'acme/api' } });
  const [recover, success] = ['recover', 'success'].map((action) => told(`action_run_${action}`, payload(action)));
  assert.equal(recover?.keys.dedup, success?.keys.dedup);
  assert.deepEqual([success?.result?.key, success?.result?.passed], ['gitea workflow acme/api ci.yml main', true]);
  assert.equal(told('action_run_failure', payload('failure')).result?.key, success?.result?.key);
});

test('commits are told oldest first, whichever end the server begins at', () => {
  const commit = (id: string) => ({ id, message: id, author: { username: 'mona' } });
  const of = (...ids: readonly string[]) =>
    told('push', {
      ref: 'refs/heads/main',
      before: 'x',
      after: 'c',
      commits: ids.map(commit),
      sender: { login: 'mona' },
    });
  assert.equal(of('c', 'b', 'a').subject?.title, 'c');
  assert.equal(of('a', 'b', 'c').subject?.title, 'c');
  assert.equal(of('a', 'b', 'c').said.excerpt, of('c', 'b', 'a').said.excerpt);
});

test('what is no JSON object is refused by name, and less than everything is told', () => {
  assert.throws(() => normalise({ ...storedEvent('push', {}), body: Buffer.from('[]') }), PayloadError);
  assert.equal(sentence(told('issues', { action: 'opened' })), 'Issue opened');
});
