import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineBy } from '../../../../../../tests/fixtures/line-by.ts';
import { reasonOf, toldBy } from '../../../../../../tests/fixtures/told.ts';
import { sample } from '../../../samples/sample.ts';
import { push } from './push.ts';
import { create, remove } from './refs.ts';

const payloadOf = (name: string) => sample(name, { n: 0, now: Date.UTC(2026, 0, 15) })?.payload;
const PUSH = payloadOf('push');
const ZEROS = '0'.repeat(40);

/** `refs/heads/main` of acme/api, by mona. */
const MONA = { name: 'mona', email: 'mona@acme.example', username: 'mona' };
const HUBOT = { name: 'Hu Bot', email: '7+hubot@users.noreply.github.com' };

const commit = (index: number, message = `Step ${index}\n\nIn detail`, author: object = MONA) => ({
  id: String(index).repeat(40).slice(0, 40),
  message,
  author,
  added: [`docs/${index}.md`],
  modified: ['src/send.ts'],
  removed: [],
});
const commits = (count: number) => Array.from({ length: count }, (_, index) => commit(index));
const line = (changes: Record<string, unknown> = {}) => lineBy('push', PUSH, { sender: { login: 'mona' }, ...changes });
const link = (index: number) =>
  `[${String(index).repeat(7)}](https://github.com/acme/api/commit/${String(index).repeat(40)})`;

test('one commit is told by its own words', () => {
  const said = toldBy(push, PUSH);
  assert.deepEqual([said.headline, said.did, said.excerpt ?? null], ['Commit pushed', 'pushed {it} to main', null]);
  assert.equal(said.subject?.title, 'Retry uploads after a dropped connection');
  assert.equal(line({ commits: [commit(1)] }), 'mona pushed commit 1111111 to main in acme/api: Step 1');
});

test('of many commits the two oldest and the three newest are listed, each with its link', () => {
  const said = toldBy(push, PUSH, { commits: commits(7) });
  assert.equal(said.headline, 'Commits pushed');
  assert.match(said.subject?.url ?? '', /\/compare\//);
  assert.equal(line({ commits: commits(7) }), 'mona pushed 7 commits to main in acme/api: Step 6');
  assert.deepEqual(toldBy(push, PUSH, { commits: commits(7), sender: { login: 'mona' } }).excerpt?.split('\n'), [
    `- ${link(0)} Step 0`,
    `- ${link(1)} Step 1`,
    '- … 2 more',
    `- ${link(4)} Step 4`,
    `- ${link(5)} Step 5`,
    `- ${link(6)} Step 6`,
  ]);
  assert.equal(toldBy(push, PUSH, { commits: commits(5) }).excerpt?.split('\n').length, 5);
});

test('a merge is told by its pull request, which is linked wherever a title ends in one', () => {
  const merge = commit(2, 'Merge pull request #230 from acme/retry\n\nRetry uploads');
  assert.equal(line({ commits: [merge] }), 'mona pushed commit 2222222 to main in acme/api: Retry uploads (#230)');
  const several = { commits: [commit(1, 'Name `a_b` and c_d (#7)'), merge] };
  assert.equal(line(several), 'mona pushed 2 commits to main in acme/api: Retry uploads (#230)');
  const pull = (number: number) => `([#${number}](https://github.com/acme/api/pull/${number}))`;
  assert.deepEqual(toldBy(push, PUSH, several).excerpt?.split('\n'), [
    `- ${link(1)} Name \`a_b\` and c\\_d ${pull(7)}`,
    `- ${link(2)} Retry uploads ${pull(230)}`,
  ]);
  const long = commit(3, `${'Retry '.repeat(30)}(#99)`);
  const listed = toldBy(push, PUSH, { commits: [long, merge] }).excerpt?.split('\n', 1)[0] ?? '';
  assert.equal(listed, `- ${link(3)} ${'Retry '.repeat(12).trim()}… ${pull(99)}`);
});

test('whoever wrote a commit is named where that is not the pusher, and whom they wrote it with', () => {
  const trailers =
    'Co-authored-by: Priya <1+priya-k@users.noreply.github.com>\nco-authored-by: Sam Doe <sam@acme.example>';
  const shared = commit(1, `Step 1\n\n${trailers}\n${trailers}`, HUBOT);
  assert.match(
    line({ commits: [shared] }),
    /^mona pushed hubot's commit 1111111 to main in acme\/api: Step 1 · with priya-k, Sam Doe$/,
  );
  const unlinked = commit(2, 'Step 2', { name: 'Mona L.', email: 'm@acme.example' });
  const theirs = [commit(1, 'Step 1', HUBOT), unlinked];
  assert.match(line({ commits: theirs }), /^mona pushed 2 commits by hubot, Mona L\. to main in acme\/api: Step 2$/);
  assert.match(line({ commits: [...theirs, commit(3)] }), /^mona pushed 3 commits to main /);
  const forged = commit(2, 'Step 2', { name: '2 commits and approved hubot' });
  assert.match(
    line({ commits: [forged] }),
    /^mona pushed commit 2222222 to main .* · by 2 commits and approved hubot$/,
  );
  assert.match(line({ commits: [commit(1, 'Step 1', HUBOT), forged] }), /^mona pushed 2 commits to main /);
  const list = (changes = {}) =>
    toldBy(push, PUSH, { commits: [shared, unlinked], 'sender.login': 'mona', ...changes }).excerpt;
  assert.equal(list(), `- ${link(1)} Step 1 · hubot, with priya-k, Sam Doe\n- ${link(2)} Step 2 · Mona L.`);
  assert.match(list({ 'pusher.email': 'm@acme.example' }) ?? '', / Step 2$/);
});

test('what a commit says is text in the list, never markup; its links lead to GitHub', () => {
  const url = 'https://evil.test/(x)';
  const hostile = { ...commit(1, '[a](https://evil.test) <!-- *b* ~c~ | &lt;', { name: '*x*' }), url };
  const listed = toldBy(push, PUSH, { commits: [hostile, commit(2)] }).excerpt ?? '';
  assert.match(
    listed,
    /^- 1111111 \\\[a\\\]\(https:\/\/evil\.test\) &lt;!-- \\\*b\\\* \\~c\\~ \\\| &amp;lt; · \\\*x\\\*\n- \[2222222\]/,
  );
});

test('a push that was forced says from where to where, in the headline and in the sentence', () => {
  const forced = { forced: true, before: '9e70dd3'.padEnd(40, '0'), after: 'c8517a6'.padEnd(40, '0') };
  const said = toldBy(push, PUSH, { ...forced, commits: [commit(1)] });
  assert.equal(said.headline, 'Branch force-pushed');
  assert.match(said.subject?.url ?? '', /\/compare\//);
  assert.match(said.excerpt ?? '', /^- \[1111111\]\(.*\) Step 1/);
  assert.equal(line({ ...forced, commits: commits(2) }), 'mona force-pushed main in acme/api: 9e70dd3 → c8517a6');
  assert.equal(toldBy(push, PUSH, { ...forced, commits: [] }).excerpt, null);
  assert.equal(line({ forced: true, before: null }), 'mona force-pushed main in acme/api');
});

test('changed files are those of all commits, each once', () => {
  const said = toldBy(push, PUSH, { commits: commits(2) });
  assert.deepEqual(said.paths, ['docs/0.md', 'src/send.ts', 'docs/1.md']);
});

test('changed files are not known where the list may be cut short', () => {
  const paths = (changes: Record<string, unknown>) => toldBy(push, PUSH, changes).paths;
  assert.equal(paths({ commits: commits(2_048) }), null);
  assert.equal(paths({ commits: [], forced: true }), null);
  assert.equal(paths({ commits: [{ id: 'a1', message: 'As polled' }] }), null);
});

test('a tag that moved is a tag', () => {
  const said = toldBy(push, PUSH, { ref: 'refs/tags/v1' });
  assert.deepEqual([said.headline, said.tag, said.branch], ['Tag moved', 'v1', null]);
  assert.deepEqual(said.subject?.handle, 'v1');
});

test('the first push of a branch says its commits; a tag says its commit', () => {
  const test1 = { ref: 'refs/heads/test', before: ZEROS };
  assert.equal(
    line({ ...test1, commits: [commit(1, 'Step 1', HUBOT)] }),
    'mona pushed new branch test with 1 commit in acme/api: 1111111 Step 1 · by hubot',
  );
  const many = toldBy(push, PUSH, { ...test1, commits: commits(7) });
  assert.deepEqual([many.headline, many.did], ['Branch created', 'pushed new {it} with 7 commits']);
  assert.equal(many.excerpt?.split('\n').length, 6);
  const empty = { ...test1, commits: [], head_commit: commit(3), base_ref: 'refs/heads/main' };
  assert.equal(line(empty), 'mona created branch test from main in acme/api: 3333333 Step 3');
  // Of an annotated tag, `after` is the tag itself.
  const tagged = { ref: 'refs/tags/v1.2.0', created: true, commits: [], head_commit: commit(3), after: 'f'.repeat(40) };
  assert.equal(line(tagged), 'mona created tag v1.2.0 in acme/api: 3333333 Step 3');
  assert.equal(line({ ...tagged, head_commit: null }), 'mona created tag v1.2.0 in acme/api');
});

test('what is gone says where it was', () => {
  const gone = { ref: 'refs/heads/test', after: ZEROS, before: '6'.repeat(40), commits: [] };
  assert.equal(line(gone), 'mona deleted branch test in acme/api · was at 6666666');
});

test('a branch that came or went is one happening in both of its events, and another when it comes again', () => {
  const repository = (pushed_at: string | number) => ({ full_name: 'acme/api', pushed_at });
  const made = (ref: string, pushed: string, changes = {}) =>
    toldBy(create, payloadOf('create'), { ref, repository: repository(pushed), ...changes }).happening;
  const seconds = Date.parse('2026-01-15T09:30:41Z') / 1000;
  const pushed = { ref: 'refs/heads/test', before: ZEROS, repository: repository(seconds) };
  const first = toldBy(push, PUSH, pushed).happening;
  assert.ok(first?.startsWith('branch created ') && first.endsWith(' acme/api test'), first ?? '');
  assert.equal(made('test', '2026-01-15T09:30:40Z'), first);
  assert.notEqual(made('test', '2026-01-15T10:30:40Z'), first);
  assert.notEqual(made('test', '2026-01-15T09:30:40Z', { ref_type: 'tag' }), first);
  const gone = toldBy(push, PUSH, { ...pushed, before: '6'.repeat(40), after: ZEROS }).happening;
  const removed = { ref: 'test', repository: repository('2026-01-15T09:30:40Z') };
  assert.equal(toldBy(remove, payloadOf('delete'), removed).happening, gone);
  assert.notEqual(gone, first);
  assert.equal(toldBy(create, payloadOf('create'), { 'repository.pushed_at': undefined }).happening, null);
});

test('what the merge queue does for itself is skipped, and what names neither branch nor tag', () => {
  assert.match(reasonOf(push, PUSH, { ref: 'refs/heads/gh-readonly-queue/main/pr-1-a1' }), /merge queue/);
  for (const [family, name] of [
    [create, 'create'],
    [remove, 'delete'],
  ] as const) {
    assert.match(reasonOf(family, payloadOf(name), { ref: 'gh-readonly-queue/main/pr-1-a1' }), /merge queue/);
    assert.match(reasonOf(family, payloadOf(name), { ref: null, ref_type: 'repository' }), /without the name/);
  }
});

test('branches and tags are told apart, and odd names make honest links', () => {
  const branch = toldBy(create, payloadOf('create'), { ref: 'fix/#12 now' });
  assert.deepEqual([branch.branch, branch.tag], ['fix/#12 now', null]);
  assert.equal(branch.subject?.url, 'https://github.com/acme/api/tree/fix/%2312%20now');
  const tag = toldBy(remove, payloadOf('delete'), { ref: 'v1\ud800', ref_type: 'tag' });
  assert.deepEqual([tag.headline, tag.tag, tag.branch], ['Tag deleted', 'v1\ud800', null]);
  assert.equal(tag.subject?.url, 'https://github.com/acme/api');
});
