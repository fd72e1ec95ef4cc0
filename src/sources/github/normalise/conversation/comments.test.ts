import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAIRS_CONVERSATION } from '../../../../../tests/fixtures/pairs/conversation.ts';
import { reasonOf, toldBy } from '../../../../../tests/fixtures/told.ts';
import { sample } from '../../samples/sample.ts';
import { discussionComment, issueComment, pullRequestReviewComment } from './comments.ts';

const EDITED = PAIRS_CONVERSATION['issue_comment.edited'];
const PINNED = PAIRS_CONVERSATION['issue_comment.pinned'];

function told(action: string, changes: Readonly<Record<string, unknown>> = {}) {
  return toldBy(issueComment, PINNED, { action, ...changes });
}

test('a comment is told with its words, of an issue or of a pull request', () => {
  const said = told('created');
  assert.deepEqual([said.headline, said.did], ['New comment on issue', "commented on octo-dev's {it}"]);
  assert.equal(told('created', { 'sender.login': 'octo-dev' }).did, 'commented on {it}');
  assert.match(said.excerpt ?? '', /stay on 4\.1/);
  assert.match(said.subject?.url ?? '', /#issuecomment-/);
  const onPullRequest = told('created', { 'issue.pull_request': { url: 'https://api.github.com/x' } });
  assert.deepEqual([onPullRequest.headline, onPullRequest.pullRequest], ['New comment on pull request', 42]);
});

test('the author is who opened the thread, not who wrote the comment', () => {
  assert.equal(told('created').author, 'octo-dev');
});

test('a comment that somebody else pins, edits or deletes is told with who wrote it', () => {
  assert.deepEqual(
    [told('pinned').headline, told('pinned').did],
    ['Comment pinned', "pinned priya-k's comment on {it}"],
  );
  assert.equal(told('deleted', { 'sender.login': 'priya-k' }).did, 'deleted their comment on {it}');
  assert.equal(
    told('edited', { 'comment.user': null, changes: { body: { from: 'So it was' } } }).did,
    'edited a comment on {it}',
  );
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

test('only what is new is spoken, and only where there are words', () => {
  const spoken = (action: string, changes = {}) => told(action, changes).isSpoken === true;
  assert.equal(spoken('created'), true);
  assert.equal(spoken('created', { 'comment.body': '<!-- empty -->' }), false);
  assert.equal(spoken('pinned'), false);
});

test('comments are counted, those that are put right or gone by themselves', () => {
  assert.deepEqual(told('created').sum, { noun: 'comment', part: null, alone: null });
  assert.equal(told('deleted').sum?.noun, 'deleted comment');
});

test('a comment on an issue without a title, an author or anything is told plainly', () => {
  const bare = told('created', { 'issue.title': null, 'issue.user': null });
  assert.equal(bare.did, 'commented on {it}');
  assert.deepEqual([bare.subject?.handle, bare.subject?.title], ['#42', '']);
  const lost = told('created', { issue: null, comment: null });
  assert.deepEqual([lost.headline, lost.did, lost.excerpt], ['New comment on issue', 'commented on {it}', null]);
  assert.deepEqual([lost.subject?.noun, lost.subject?.handle, lost.subject?.title], ['issue', null, '']);
});

test('comments of all sorts are worded alike', () => {
  const inDiscussion = PAIRS_CONVERSATION['discussion_comment.edited'];
  const onCode = sample('pull_request_review_comment.created', { n: 0, now: Date.UTC(2026, 0, 15) })?.payload;
  const did = (reply: Readonly<Record<string, unknown>>) => [
    toldBy(discussionComment, inDiscussion, { action: 'created', ...reply }).did,
    toldBy(pullRequestReviewComment, onCode, reply).did,
  ];
  assert.deepEqual(did({}), ["commented on priya-k's {it}", "commented on mona's {it}"]);
  const reply = { 'comment.parent_id': 7, 'comment.in_reply_to_id': 7 };
  assert.deepEqual(did(reply), ["replied to a comment on priya-k's {it}", "replied to a comment on mona's {it}"]);
});
