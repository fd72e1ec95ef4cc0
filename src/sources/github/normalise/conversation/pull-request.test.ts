import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineBy } from '../../../../../tests/fixtures/line-by.ts';
import { PAIRS_CODE } from '../../../../../tests/fixtures/pairs/code.ts';
import { reasonOf, toldBy } from '../../../../../tests/fixtures/told.ts';
import { sample } from '../../samples/sample.ts';
import { pullRequest } from './pull-request.ts';

type Changes = Readonly<Record<string, unknown>>;

function told(action: string, changes: Changes = {}) {
  return toldBy(pullRequest, payloadOf(action), changes);
}

function payloadOf(action: string) {
  const name = `pull_request.${action}`;
  return PAIRS_CODE[name] ?? sample(name, { n: 0, now: Date.UTC(2026, 0, 15, 9, 30) })?.payload;
}

test('a merge tells whose it was, into what, by whom and how large it is', () => {
  const said = told('merged');
  assert.deepEqual([said.action, said.headline, said.tone], ['merged', 'Pull request merged', 'done']);
  assert.equal(said.did, "merged mona's {it} into main");
  assert.deepEqual(said.facts, ['from retry-uploads', '+120 −30 in 4 files', '1 commit']);
  const queued = told('merged', { 'sender.login': 'github-merge-queue[bot]' });
  assert.deepEqual(queued.facts.slice(0, 2), ['merged by octo-dev', 'from retry-uploads']);
  const bare = told('merged', { 'pull_request.base.ref': null, 'pull_request.user': null });
  assert.equal(bare.did, 'merged {it}');
  assert.match(told('merged', { 'pull_request.base.ref': `rel/${'x'.repeat(90)}` }).did ?? '', / into rel\/x{55}…$/);
  assert.equal(told('merged', { 'pull_request.base.ref': '{repo}' }).did, "merged mona's {it} into repo");
});

test('closed without a merge is plain, and is not called merged', () => {
  const said = told('closed');
  assert.deepEqual([said.action, said.headline, said.tone], ['closed', 'Pull request closed', 'neutral']);
});

test('its parts are named for rules: author, reviewers and teams, fork, number', () => {
  const said = told('opened', {
    'pull_request.requested_reviewers': [{ login: 'hubot' }],
    'pull_request.requested_teams': [{ slug: 'backend', name: 'Backend' }, {}],
    'pull_request.assignees': [{ login: 'priya-k' }],
  });
  assert.deepEqual([said.author, said.assignees, said.reviewers], ['mona', ['priya-k'], ['hubot', 'acme/backend']]);
  assert.deepEqual([said.pullRequest, said.isFork, said.branch, said.head], [512, false, 'main', 'retry-uploads']);
});

test('a branch from a fork, or from one that is gone, is named with its owner', () => {
  const fork = { 'pull_request.head.repo.full_name': 'mona/api', 'pull_request.head.label': 'mona:retry-uploads' };
  assert.equal(told('opened', fork).facts[0], 'main ← mona:retry-uploads');
  const words = { ...fork, 'pull_request.head.label': 'mona:x\u2003and\u00a0approved' };
  assert.equal(told('opened', words).facts[0], 'main ← mona:x_and_approved');
  assert.equal(told('opened', fork).isFork, true);
  assert.equal(told('opened', { 'pull_request.head.repo': null }).isFork, true);
});

test('a draft is opened without the colour of what waits for readers', () => {
  const said = told('opened', { 'pull_request.draft': true });
  const numberless = { number: undefined, 'pull_request.number': undefined, 'pull_request.draft': true };
  assert.equal(
    lineBy('pull_request', payloadOf('opened'), numberless).split(' · ', 1)[0],
    'mona opened a pull request as a draft in acme/api: Retry uploads after a dropped connection',
  );
  assert.deepEqual([said.headline, said.did, said.tone], ['Draft pull request opened', 'opened draft {it}', 'neutral']);
});

test('who is asked is named in the sentence and for mentions: a person or a team', () => {
  const person = told('review_requested');
  assert.deepEqual([person.did, person.asked], ['asked octo-dev to review {it}', ['octo-dev']]);
  const team = told('review_requested', {
    requested_reviewer: undefined,
    requested_team: { name: 'API reviewers', slug: 'api-reviewers' },
  });
  assert.equal(team.did, 'asked team API reviewers to review {it}');
  assert.deepEqual(team.asked, ['acme/api-reviewers']);
  const nobody = told('review_requested', { requested_reviewer: null });
  assert.deepEqual([nobody.did, nobody.asked], ['asked for a review of {it}', []]);
  assert.deepEqual(told('assigned').asked, ['lin-wei']);
  const own = { 'sender.login': 'octo-dev' };
  assert.equal(told('review_requested', own).did, "signed up to review mona's {it}");
  assert.equal(
    told('review_requested', { action: 'review_request_removed' }).did,
    'removed octo-dev from the reviewers of {it}',
  );
  assert.equal(
    told('review_requested', { ...own, action: 'review_request_removed' }).did,
    'removed themselves from the reviewers of {it}',
  );
});

test('who is to work on it, who was asked in opening it and its milestone are told', () => {
  const said = told('opened', {
    'pull_request.assignees': [{ login: 'mona' }, { login: 'hubot' }],
    'pull_request.requested_reviewers': [{ login: 'priya-k' }],
    'pull_request.requested_teams': [{ slug: 'backend', name: 'Backend' }, {}],
    'pull_request.milestone': { title: 'Staff Ship' },
  });
  const asked = 'asked priya-k, team Backend for review';
  assert.deepEqual(said.facts.slice(0, 3), ['assigned to mona, hubot', asked, 'milestone Staff Ship']);
});

test('an edit says what changed, from what; one that changed nothing is skipped', () => {
  const renamed = told('edited');
  assert.deepEqual([renamed.headline, renamed.facts[0]], ['Pull request renamed', 'was: Retry uploads']);
  const moved = told('edited', { changes: { base: { ref: { from: 'release/1.2' } } } });
  assert.deepEqual([moved.headline, moved.did], ['Pull request retargeted', 'moved {it} from release/1.2 to main']);
  const both = told('edited', { changes: { title: { from: 'Retry' }, base: { ref: { from: 'dev' } } } });
  assert.deepEqual([both.did, both.facts[0]], ['renamed and moved {it} from dev to main', 'was: Retry']);
  const rewritten = told('edited', { changes: { body: { from: 'Draft' } } });
  assert.deepEqual([rewritten.headline, rewritten.excerpt], ['Pull request description edited', null]);
  const same = { 'pull_request.body': 'As it was', changes: { body: { from: 'As it was' } } };
  assert.match(
    reasonOf(pullRequest, payloadOf('edited'), same),
    /pull_request.edited: neither title nor description changed/,
  );
  assert.match(reasonOf(pullRequest, payloadOf('edited'), { changes: {} }), /neither title/);
});

test('leaving the merge queue tells why; a merge leaves it too, and is told as a merge', () => {
  const failed = told('dequeued');
  assert.deepEqual(
    [failed.headline, failed.tone, failed.did],
    ['Thrown out of merge queue', 'bad', 'removed {it} from the merge queue (checks failed)'],
  );
  const manual = told('dequeued', { reason: 'MANUAL' });
  assert.deepEqual([manual.headline, manual.tone], ['Taken out of merge queue', 'neutral']);
  assert.equal(manual.did, 'removed {it} from the merge queue');
  assert.match(told('dequeued', { reason: 'SOLAR_FLARE' }).did ?? '', /\(solar flare\)$/);
  assert.match(reasonOf(pullRequest, payloadOf('dequeued'), { reason: 'MERGE' }), /pull_request.merged tells/);
});

test('new commits link to what is new since the last push', () => {
  const [before, after] = ['a'.repeat(40), 'b'.repeat(40)];
  const said = toldBy(pullRequest, { ...payloadOf('opened'), action: 'synchronize', before, after });
  assert.equal(said.subject?.url, `https://github.com/acme/api/pull/512/files/${before}..${after}`);
  assert.deepEqual([said.did, said.facts.slice(1)], ['pushed to {it}', ['now +120 −30 in 4 files']]);
  const odd = toldBy(pullRequest, { ...payloadOf('opened'), action: 'synchronize', before: '?q', after });
  assert.equal(odd.subject?.url, 'https://github.com/acme/api/pull/512');
});

test('pushes of one person to one draft are a burst, and nothing else is', () => {
  const pushed = (changes: Changes = {}) =>
    toldBy(pullRequest, { ...payloadOf('opened'), action: 'synchronize' }, { 'pull_request.draft': true, ...changes });
  assert.equal(pushed().burstKey, 'pull_request.synchronize acme/api#512 mona');
  assert.equal(pushed({ 'pull_request.number': undefined }).burstKey, pushed().burstKey, 'its number stands above too');
  assert.equal(pushed({ 'sender.login': 'hubot' }).burstKey, 'pull_request.synchronize acme/api#512 hubot');
  for (const changes of [
    { 'pull_request.draft': false },
    { action: 'edited' },
    { sender: null },
    { repository: null },
  ]) {
    assert.equal(pushed({ changes: { body: { from: '' } }, ...changes }).burstKey, null);
  }
});

test('its place in a stack is told', () => {
  assert.deepEqual(told('stacked').facts.slice(0, 2), ['2 of 5 in the stack', 'stack leads to main']);
  assert.deepEqual(told('stacked', { stack: null }).facts, ['main ← retry-uploads']);
});

test('what a smaller payload leaves out is left out', () => {
  const brief = { ...payloadOf('opened'), number: 512, pull_request: { title: 'Retry uploads' } };
  const said = toldBy(pullRequest, brief);
  assert.deepEqual([said.subject?.handle, said.subject?.title, said.pullRequest], ['#512', 'Retry uploads', 512]);
  assert.deepEqual([said.facts, said.thread], [[], 'acme/api#512']);
  assert.equal(toldBy(pullRequest, { action: 'opened' }).subject?.handle, null);
  assert.equal(told('opened', { action: null }).headline, 'Pull request changed');
});

test('pull requests are counted by what became of them', () => {
  const sum = (action: string, changes: Changes = {}) => told(action, changes).sum;
  assert.deepEqual(sum('merged'), { noun: 'pull request', part: 'merged', alone: null });
  assert.equal(sum('converted_to_draft')?.part, 'back to draft');
  assert.equal(sum('review_requested')?.noun, 'review request');
  assert.deepEqual(sum('opened', { action: 'synchronize' })?.noun, [
    'push to a pull request',
    'pushes to pull requests',
  ]);
});

test('an action that GitHub invents later is told plainly', () => {
  const said = told('opened', { action: 'teleported' });
  assert.deepEqual([said.headline, said.did, said.tone], ['Pull request teleported', null, 'neutral']);
  assert.equal(said.subject?.handle, '#512');
});
