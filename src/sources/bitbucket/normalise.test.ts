import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAYLOADS } from '../../../tests/fixtures/sources/bitbucket-payloads.ts';
import type { GoldenPayload } from '../../../tests/golden/entry.ts';
import { storedEvent } from '../../../tests/golden/tell.ts';
import type { StoredEvent } from '../../model/event.ts';
import { PayloadError } from '../../shared/payload.ts';
import { sentence } from '../../text/sentence.ts';
import { normalise } from './normalise.ts';
import { SAMPLES } from './samples/samples.ts';

const SENT: readonly GoldenPayload[] = [
  ...SAMPLES.names().flatMap((pair) => {
    const made = SAMPLES.make(pair, 0, 0);
    return made === undefined ? [] : [{ type: made.type, pair, sent: made.type, payload: made.payload }];
  }),
  ...PAYLOADS.slice(0, -1),
];

function told(sent: string, payload: object, more: Partial<StoredEvent> = {}) {
  const found = normalise({ ...storedEvent(sent, payload), ...more });
  assert.equal(found.kind, 'activity');
  return found.activity;
}

/** As its own header has it, whatever the type was looked up by. */
function received(key: string, payload: object): StoredEvent {
  const [type = ''] = key.split(':');
  return { ...storedEvent(type, payload), headers: { 'x-event-key': key } };
}

test('the name stands in the stored header', () => {
  const [{ payload } = SENT[0] as GoldenPayload] = SENT;
  const found = normalise(received('repo:push', payload));
  assert.equal(found.kind === 'activity' && found.activity.kind, 'repo.push');
});

test('nothing that Bitbucket sends contradicts its name, and as another event it is held', () => {
  const names = [...new Set(SENT.map(({ sent = '' }) => sent))];
  const about = (name: string) => name.replace(/_(?:created|updated|deleted|removed|resolved|reopened)$/, '');
  let held = 0;
  for (const { sent = '', payload } of SENT) {
    assert.notEqual(normalise(received(sent, payload)).kind, 'suspect', sent);
    for (const name of names.filter((other) => about(other) !== about(sent))) {
      if (normalise(received(name, payload)).kind === 'suspect') held++;
    }
  }
  assert.ok(held > 1_500, String(held));
  const push = SAMPLES.make('repo.push', 0, 0)?.payload ?? {};
  const forged = received('repo:deleted', push);
  assert.equal(normalise(forged).kind, 'suspect');
  assert.equal(normalise(received('pear:ripened', push)).kind, 'suspect');
  assert.equal(normalise({ ...forged, released: true }).kind, 'activity');
});

test('a pull request that is open was neither merged nor declined', () => {
  const open = SAMPLES.make('pullrequest.created', 0, 0)?.payload ?? {};
  for (const key of ['pullrequest:fulfilled', 'pullrequest:rejected']) {
    assert.equal(normalise(received(key, open)).kind, 'suspect');
  }
});

test('issue 1 and pull request 1 are two threads', () => {
  const repository = { full_name: 'Acme/API' };
  const issue = told('issue:created', { repository, issue: { id: 1, title: 'A' } });
  const request = told('pullrequest:created', { repository, pullrequest: { id: 1, title: 'A' } });
  assert.deepEqual(
    [issue, request].map(({ keys }) => keys.thread),
    ['bitbucket acme/api issue #1', 'bitbucket acme/api#1'],
  );
});

test('a build is compared with the one before on its branch, and without a branch with none', () => {
  const resultOf = (status: object) =>
    told('repo:commit_status_updated', {
      repository: { full_name: 'acme/api' },
      commit_status: { key: 'unit', name: 'Unit Tests', state: 'FAILED', url: 'https://ci.example.com/1', ...status },
    }).result;
  assert.deepEqual(
    [resultOf({ refname: 'main' })?.key, resultOf({ refname: 'main' })?.passed],
    ['bitbucket build acme/api unit main', false],
  );
  assert.equal(resultOf({}), null);
  assert.equal(resultOf({ refname: 'main', state: 'STOPPED' }), null);
  assert.equal(resultOf({ refname: 'main', state: 'INPROGRESS' }), null);
  const pipeline = (number: number) =>
    resultOf({ refname: 'main', key: String(number), name: `Pipeline #${number} for main` });
  assert.equal(pipeline(1)?.key, pipeline(2)?.key);
  assert.notEqual(pipeline(1)?.run, pipeline(2)?.run);
});

test('people are called by name, whatever of it is there', () => {
  const by = (actor: unknown) => told('repo:fork', { actor, fork: { full_name: 'mona/api' } }).actor?.login ?? null;
  assert.deepEqual(
    [{ display_name: 'Mona ' }, { nickname: 'mona' }, { username: 'mona' }, { uuid: '{1}' }, null, 7].map(by),
    ['Mona', 'mona', 'mona', null, null, null],
  );
});

test('what somebody calls themselves is no part of the sentence', () => {
  const user = { display_name: 'Mona {it} {repo}' };
  const payload = { pullrequest: { id: 1, title: 'A' }, comment: { user } };
  const { did } = told('pullrequest:comment_resolved', payload).said;
  assert.equal(did?.match(/[{}]/g)?.length, 2);
});

test('a page for programs is no link', () => {
  const links = { html: { href: 'https://api.bitbucket.org/2.0/x' } };
  const { subject } = told('issue:created', { repository: { full_name: 'a/b', links }, issue: { id: 1, links } });
  assert.equal(subject?.url, 'https://bitbucket.org/a/b/issues/1');
});

test('what is no JSON object is refused by name, and less than everything is told', () => {
  assert.throws(() => normalise({ ...storedEvent('repo:push', {}), body: Buffer.from('Hello World!') }), PayloadError);
  assert.equal(sentence(told('pullrequest:created', {})), 'Pull request created');
});

test('Data Center has names and fields of its own, which contradict nothing', () => {
  const actor = { displayName: 'Mona Lisa' };
  const modified = received('repo:modified', { eventKey: 'repo:modified', actor, new: { name: 'api' } });
  assert.equal(normalise(modified).kind, 'activity');
  const opened = normalise(received('pr:opened', { actor, pullRequest: { id: 3, title: 'Retry' } }));
  assert.equal(opened.kind === 'activity' && sentence(opened.activity), 'Pull request opened by Mona Lisa: Retry');
});

test("Data Center's pushes have Cloud's names and words", () => {
  const actor = { displayName: 'Mona Lisa' };
  const repository = { slug: 'api', project: { key: 'ACME' } };
  const ref = { displayId: 'main', type: 'BRANCH' };
  const [fromHash, toHash] = ['ecddabb624f6f5ba43816f5926e580a5f680a932', '178864a7d521b6f5e720b386b2c2b0ef8563e0dc'];
  const push = (type: string, more: object = {}) =>
    told('repo:refs_changed', { actor, repository, changes: [{ ref, fromHash, toHash, type }], ...more });
  const old = push('UPDATE');
  assert.equal(sentence(old), 'Mona Lisa pushed 1 or more commits to main in ACME/api');
  assert.deepEqual([old.kind, old.facets.branch, old.subject?.url], ['repo.push', 'main', '']);
  const commits = [{ id: toHash, message: 'Retry uploads', author: actor }];
  assert.equal(
    sentence(push('UPDATE', { commits })),
    'Mona Lisa pushed commit 178864a to main in ACME/api: Retry uploads',
  );
  assert.equal(sentence(push('ADD')), 'Mona Lisa created branch main in ACME/api: 178864a');
  assert.equal(sentence(push('DELETE')), 'Mona Lisa deleted branch main in ACME/api');
});

test("Data Center's pull requests have Cloud's names, words and links", () => {
  const user = { name: 'mona', displayName: 'Mona Lisa' };
  const repository = { slug: 'api', project: { key: 'ACME' } };
  const url = 'https://git.acme.io/projects/ACME/repos/api/pull-requests/3';
  const pullRequest = {
    id: 3,
    title: 'Retry',
    fromRef: { displayId: 'retry', repository },
    toRef: { displayId: 'main', repository },
    author: { user },
    links: { self: [{ href: url }] },
  };
  const merged = told('pr:merged', { actor: user, pullRequest });
  assert.equal(sentence(merged), 'Mona Lisa merged pull request #3 into main in ACME/api: Retry');
  assert.deepEqual([merged.kind, merged.subject?.url], ['pullrequest.fulfilled', url]);
  const comment = { id: 62, text: 'Nice', author: user };
  const commented = told('pr:comment:added', { actor: user, pullRequest, comment });
  assert.equal(sentence(commented), 'Mona Lisa commented on pull request #3 in ACME/api (Retry): Nice');
  const unlinked = told('pr:merged', { actor: user, pullRequest: { ...pullRequest, links: { self: [null] } } });
  assert.deepEqual([sentence(unlinked), unlinked.subject?.url], [sentence(merged), '']);
});
