import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonOf, toldBy } from '../../../../../../tests/fixtures/told.ts';
import { sample } from '../../../samples/sample.ts';
import { push } from './push.ts';
import { create, remove } from './refs.ts';

const payloadOf = (name: string) => sample(name, { n: 0, now: Date.UTC(2026, 0, 15) })?.payload;
const PUSH = payloadOf('push');
const ZEROS = '0'.repeat(40);

const commits = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: String(index).repeat(40).slice(0, 40),
    message: `Step ${index}\n\nIn detail`,
    added: [`docs/${index}.md`],
    modified: ['src/send.ts'],
    removed: [],
  }));

test('one commit is told by its own words', () => {
  const said = toldBy(push, PUSH);
  assert.deepEqual([said.headline, said.did], ['Commit pushed', 'pushed {it} to main']);
  assert.equal(said.subject?.title, 'Retry uploads after a dropped connection');
  assert.equal(said.excerpt, null);
});

test('several name five commits and count the rest, with the link that compares', () => {
  const said = toldBy(push, PUSH, { commits: commits(7) });
  assert.deepEqual([said.headline, said.did], ['Commits pushed', 'pushed to {repo}']);
  assert.equal(said.subject?.title, '7 commits to main');
  assert.match(said.subject?.url ?? '', /\/compare\//);
  assert.equal(said.excerpt?.split('\n').length, 6);
  assert.match(said.excerpt ?? '', /Step 4\n- and 2 more$/);
});

test('a push that was forced says so, in the headline and in the sentence', () => {
  const emptied = toldBy(push, PUSH, { forced: true, commits: [] });
  assert.deepEqual([emptied.headline, emptied.did], ['Branch force-pushed', 'force-pushed {it}']);
  assert.equal(toldBy(push, PUSH, { forced: true, commits: commits(2) }).did, 'force-pushed to {repo}');
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

test('what create and delete tell, and what the merge queue does for itself, is skipped', () => {
  assert.match(reasonOf(push, PUSH, { before: ZEROS }), /new branch, which the create event tells/);
  assert.match(reasonOf(push, PUSH, { after: ZEROS }), /deleted branch, which the delete event tells/);
  assert.match(reasonOf(push, PUSH, { ref: 'refs/heads/gh-readonly-queue/main/pr-1-a1' }), /merge queue/);
  for (const [family, name] of [
    [create, 'create'],
    [remove, 'delete'],
  ] as const) {
    assert.match(reasonOf(family, payloadOf(name), { ref: 'gh-readonly-queue/main/pr-1-a1' }), /merge queue/);
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
