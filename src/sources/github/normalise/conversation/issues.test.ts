import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAIRS_CONVERSATION } from '../../../../../tests/fixtures/pairs/conversation.ts';
import { API } from '../../../../../tests/fixtures/pairs/scene.ts';
import { reasonOf, toldBy } from '../../../../../tests/fixtures/told.ts';
import { sample } from '../../samples/sample.ts';
import { issues } from './issues.ts';

type Changes = Readonly<Record<string, unknown>>;

function payloadOf(action: string): Changes | undefined {
  const name = `issues.${action}`;
  return PAIRS_CONVERSATION[name] ?? sample(name, { n: 0, now: Date.UTC(2026, 0, 15, 9, 30) })?.payload;
}

function told(action: string, changes: Changes = {}) {
  return toldBy(issues, payloadOf(action) ?? payloadOf('opened'), { action, ...changes });
}

test('an issue is opened with its words, its type, who is to work on it, and its milestone', () => {
  const said = told('opened', {
    'issue.type': { name: 'Feature' },
    'issue.assignees': [{ login: 'priya-k' }],
    'issue.milestone': { title: 'Staff Ship' },
  });
  assert.deepEqual([said.headline, said.did, said.tone], ['Issue opened', 'opened {it}', 'opened']);
  assert.deepEqual(said.facts, ['Feature', 'assigned to priya-k', 'milestone Staff Ship']);
  assert.ok(said.excerpt);
  assert.deepEqual([said.author, said.assignees, said.pullRequest], ['mona', ['priya-k'], null]);
  const bug = told('opened', { 'issue.type': { name: 'Bug' }, 'issue.milestone': null });
  assert.deepEqual(bug.facts, [], 'its label bug says so');
});

test('a closed issue tells why: only what is done wears the colour of done', () => {
  const looks = (reason: unknown) => {
    const { headline, did, tone } = told('closed', { 'issue.state_reason': reason });
    return [headline, did, tone];
  };
  assert.deepEqual(looks('completed'), ['Issue closed as completed', "closed octo-dev's {it} as completed", 'done']);
  assert.deepEqual(looks('not_planned'), [
    'Issue closed as not planned',
    "closed octo-dev's {it} as not planned",
    'neutral',
  ]);
  assert.deepEqual(looks('duplicate'), [
    'Issue closed as duplicate',
    "closed octo-dev's {it} as a duplicate",
    'neutral',
  ]);
  assert.deepEqual(looks(null), ['Issue closed', "closed octo-dev's {it}", 'done']);
  assert.deepEqual(looks('invented_later'), ['Issue closed', "closed octo-dev's {it}", 'done']);
});

test('a closed issue tells whose it is, unless they closed it, and for how many days it was open', () => {
  assert.deepEqual(told('closed').facts, ['open for 12 days']);
  const own = told('closed', { 'sender.login': 'octo-dev', 'issue.created_at': '2026-01-15T08:00:00Z' });
  assert.deepEqual([own.did, own.facts], ['closed {it} as completed', []]);
  const bot = told('closed', { 'issue.user': { login: 'renovate[bot]' } });
  assert.equal(bot.did, "closed renovate's {it} as completed");
});

test('an assignment asks something of its assignee; who assigns themselves is told so', () => {
  const other = { 'sender.login': 'mona', assignee: { login: 'priya-k' } };
  const said = told('assigned', other);
  assert.deepEqual([said.did, said.facts, said.asked], ['assigned {it} to priya-k', [], ['priya-k']]);
  const own = { 'sender.login': 'priya-k', assignee: { login: 'priya-k' } };
  assert.equal(told('assigned', own).did, 'assigned themselves to {it}');
  assert.deepEqual(told('assigned', own).facts, ['opened by mona']);
  assert.equal(told('unassigned', other).did, 'unassigned priya-k from {it}');
  assert.equal(told('unassigned', own).did, 'unassigned themselves from {it}');
  assert.deepEqual(told('assigned', { assignee: null }).asked, []);
});

test('labels, milestones, types and fields are named in the sentence', () => {
  assert.equal(told('labeled', { label: { name: 'bug' } }).did, 'added label bug to {it}');
  assert.equal(told('unlabeled', { label: { name: 'bug' } }).did, 'removed label bug from {it}');
  assert.equal(told('milestoned', { milestone: { title: 'v1.0' } }).did, 'added {it} to milestone v1.0');
  assert.equal(told('demilestoned', { milestone: { title: 'v1.0' } }).did, 'removed {it} from milestone v1.0');
  assert.equal(told('typed').did, 'set the type of {it} to Task');
  assert.equal(told('untyped').did, 'removed type Task from {it}');
  assert.deepEqual(
    [told('field_added').did, told('field_added').facts],
    ['set Priority of {it} to High', ['was: Low']],
  );
  assert.deepEqual(told('field_added', { changes: null }).facts, []);
  assert.deepEqual(told('field_added', { issue_field_value: { value: 5 } }).did, 'set Priority of {it} to 5');
  assert.deepEqual(
    [told('field_removed').did, told('field_removed').facts],
    ['cleared Priority of {it}', ['was: High']],
  );
  assert.equal(told('locked', { 'issue.active_lock_reason': 'too heated' }).did, 'locked {it} as too heated');
});

test('and are said without their names where the payload has none', () => {
  assert.equal(told('labeled', { label: null }).did, 'labeled {it}');
  assert.equal(told('milestoned', { milestone: null }).did, 'added {it} to a milestone');
  const field = told('field_added', { issue_field: null, issue_field_value: null, changes: null });
  assert.deepEqual([field.did, field.facts], ['set a field of {it}', []]);
  assert.equal(told('unlabeled', { label: null }).did, 'removed a label from {it}');
  assert.equal(told('demilestoned', { milestone: null }).did, 'removed {it} from its milestone');
  assert.equal(told('untyped', { type: null }).did, 'removed the type from {it}');
});

test('a name may not pass for a place in the sentence', () => {
  assert.equal(told('labeled', { label: { name: '{it}\n{repo}' } }).did, 'added label it repo to {it}');
});

test('an edit without a change is dropped; a new title is told with the old one', () => {
  assert.deepEqual(
    [told('edited').headline, told('edited').facts],
    ['Issue renamed', ['was: Export broken', 'opened by octo-dev']],
  );
  const reworded = told('edited', { changes: { body: { from: 'As it was' } } });
  assert.deepEqual([reworded.headline, reworded.excerpt], ['Issue description edited', null]);
  assert.match(reasonOf(issues, payloadOf('edited'), { changes: {} }), /neither title nor description changed/);
  const same = { 'issue.body': 'As it was', changes: { body: { from: 'As it was' } } };
  assert.match(reasonOf(issues, payloadOf('edited'), same), /neither title nor description changed/);
});

const THERE = { full_name: 'acme/web' };

test('a transferred issue is one happening, whichever repository has our hook', () => {
  const leaves = told('transferred', {
    'issue.number': 12,
    changes: { new_issue: { number: 7, html_url: 'https://github.com/acme/web/issues/7' }, new_repository: THERE },
  });
  assert.deepEqual([leaves.headline, leaves.did], ['Issue transferred', 'moved {it} from {repo} to acme/web#7']);
  assert.deepEqual([leaves.facts, leaves.subject?.url], [[], 'https://github.com/acme/web/issues/7']);
  assert.equal(leaves.excerpt, null);
  const arrives = told('opened', {
    repository: THERE,
    'issue.number': 7,
    'issue.milestone': null,
    changes: { old_issue: { number: 12 }, old_repository: API },
  });
  assert.deepEqual([arrives.headline, arrives.did], ['Issue transferred', 'moved {it} from acme/api#12 to {repo}']);
  assert.deepEqual([arrives.facts, arrives.tone], [[], 'opened']);
  assert.equal(arrives.happening, 'transfer acme/api#12 acme/web#7');
  assert.equal(leaves.happening, arrives.happening);
});

test('a transfer that does not say where to is told by itself', () => {
  const said = told('transferred', { changes: null });
  assert.deepEqual([said.did, said.happening], ['moved {it} to another repository', null]);
});

test('a deleted issue leads to the list, as its page is gone', () => {
  assert.equal(told('deleted').subject?.url, 'https://github.com/acme/api/issues');
});

test('an issue that is a pull request is called one', () => {
  const said = told('milestoned', { 'issue.pull_request': { url: 'https://api.github.com/x' } });
  assert.deepEqual(
    [said.headline, said.subject?.noun, said.pullRequest],
    ['Pull request added to milestone', 'pull request', 41],
  );
});

test('an action that GitHub invents later is told plainly', () => {
  const said = told('snoozed_until');
  assert.deepEqual([said.headline, said.did, said.subject?.handle], ['Issue snoozed until', null, '#41']);
  assert.equal(told('constructor').headline, 'Issue constructor');
});

test('what a smaller payload leaves out is left out', () => {
  const untitled = told('opened', { 'issue.title': null, 'issue.user': null, 'issue.labels': null });
  assert.deepEqual([untitled.subject?.handle, untitled.subject?.title, untitled.author], ['#41', '', null]);
  const unnumbered = told('closed', { 'issue.number': null });
  assert.deepEqual([unnumbered.subject?.handle, unnumbered.did], [null, 'closed {it} as completed']);
  const bare = told('opened', { issue: null });
  assert.deepEqual([bare.headline, bare.did, bare.subject?.handle], ['Issue opened', 'opened {it}', null]);
  const actionless = told('opened', { action: undefined });
  assert.deepEqual([actionless.action, actionless.headline], [null, 'Issue changed']);
});

test('issues are counted by what became of them, what is changed on them by itself', () => {
  assert.deepEqual(told('closed').sum, { noun: 'issue', part: 'closed', alone: null });
  assert.deepEqual(told('labeled').sum, { noun: 'label change', part: null, alone: null });
  assert.equal(told('milestoned', { 'issue.pull_request': { url: 'x' } }).sum?.noun, 'milestone change');
});
