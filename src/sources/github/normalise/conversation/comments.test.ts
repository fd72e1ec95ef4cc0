import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAIRS_CONVERSATION } from '../../../../../tests/fixtures/pairs/conversation.ts';
import { reasonOf, toldBy } from '../../../../../tests/fixtures/told.ts';
import { issueComment } from './comments.ts';

const EDITED = PAIRS_CONVERSATION['issue_comment.edited'];
const PINNED = PAIRS_CONVERSATION['issue_comment.pinned'];

function told(action: string, changes: Readonly<Record<string, unknown>> = {}) {
  return toldBy(issueComment, PINNED, { action, ...changes });
}

test('a comment is told with its words, of an issue or of a pull request', () => {
  const said = told('created');
  assert.deepEqual([said.headline, said.did], ['New comment on issue', 'commented on {it}']);
  assert.match(said.excerpt ?? '', /stay on 4\.1/);
  assert.match(said.subject?.url ?? '', /#issuecomment-/);
  const onPullRequest = told('created', { 'issue.pull_request': { url: 'https://api.github.com/x' } });
  assert.deepEqual([onPullRequest.headline, onPullRequest.pullRequest], ['New comment on pull request', 42]);
});

test('the author is who opened the thread, not who wrote the comment', () => {
  assert.equal(told('created').author, 'octo-dev');
});

test('a comment that somebody else pins, edits or deletes is told with who wrote it', () => {
  assert.deepEqual([told('pinned').headline, told('pinned').facts], ['Comment pinned', ['written by priya-k']]);
  assert.deepEqual(told('deleted', { 'sender.login': 'priya-k' }).facts, []);
});

test('a deleted comment is not quoted, and leads to the thread', () => {
  const said = told('deleted');
  assert.deepEqual([said.excerpt, said.subject?.url], [null, 'https://github.com/acme/api/issues/42']);
});

test('an edit that leaves the words as they were is dropped', () => {
  assert.match(toldBy(issueComment, EDITED).excerpt ?? '', /stay on/);
  const same = { 'comment.body': 'As it was', 'changes.body.from': 'As it was' };
  assert.match(reasonOf(issueComment, EDITED, same), /the words did not change/);
  assert.match(reasonOf(issueComment, EDITED, { changes: {} }), /the words did not change/);
});
