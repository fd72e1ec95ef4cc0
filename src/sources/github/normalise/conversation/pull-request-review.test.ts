import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonOf, toldBy } from '../../../../../tests/fixtures/told.ts';
import { sample } from '../../samples/sample.ts';
import { pullRequestReviewComment } from './comments.ts';
import { pullRequestReview } from './pull-request-review.ts';
import { pullRequestReviewThread } from './review-thread.ts';

const payloadOf = (name: string) => sample(name, { n: 0, now: Date.UTC(2026, 0, 15) })?.payload;
const SUBMITTED = payloadOf('pull_request_review.submitted');

test('approved, changes requested and commented look different', () => {
  const look = (state: string) => {
    const { headline, tone, did } = toldBy(pullRequestReview, SUBMITTED, { 'review.state': state });
    return [headline, tone, did];
  };
  assert.deepEqual(look('approved'), ['Pull request approved', 'good', "approved mona's {it}"]);
  assert.deepEqual(look('CHANGES_REQUESTED'), ['Changes requested', 'waiting', "requested changes on mona's {it}"]);
  assert.deepEqual(look('commented'), ['Pull request reviewed', 'neutral', "reviewed mona's {it}"]);
  assert.deepEqual(look('pondered'), ['Pull request reviewed', 'neutral', "reviewed mona's {it}"]);
});

test('a comment without words only carries comments on the code: it is minor; a verdict never is', () => {
  const minor = (state: string, body: string | null) =>
    toldBy(pullRequestReview, SUBMITTED, { 'review.state': state, 'review.body': body }).isMinor === true;
  assert.equal(minor('commented', null), true);
  assert.equal(minor('commented', 'Two questions below.'), false);
  assert.equal(minor('approved', null), false);
});

test('a dismissed review names whose it was, and its words are not repeated', () => {
  const said = toldBy(pullRequestReview, SUBMITTED, { action: 'dismissed', 'sender.login': 'priya-k' });
  assert.deepEqual([said.headline, said.excerpt, said.facts[0]], ['Review dismissed', null, 'opened by mona']);
  assert.deepEqual([said.did, said.isSpoken], ["dismissed hubot's review of {it}", false]);
  const own = toldBy(pullRequestReview, SUBMITTED, { action: 'dismissed' });
  assert.equal(own.did, 'dismissed their review of {it}');
  const ghost = toldBy(pullRequestReview, SUBMITTED, { action: 'dismissed', 'review.user': null });
  assert.equal(ghost.did, 'dismissed a review of {it}');
});

test('a review says its words; their own pull request is nobody else’s', () => {
  assert.equal(toldBy(pullRequestReview, SUBMITTED).isSpoken, true);
  assert.equal(toldBy(pullRequestReview, SUBMITTED, { 'review.body': '' }).isSpoken, false);
  const own = { 'sender.login': 'mona', 'review.state': 'commented', 'review.user': { login: 'mona' } };
  assert.deepEqual(toldBy(pullRequestReview, SUBMITTED, own).did, 'reviewed {it}');
});

test('reviews add up by their verdicts', () => {
  const sum = (state: string) => toldBy(pullRequestReview, SUBMITTED, { 'review.state': state }).sum;
  assert.deepEqual(sum('APPROVED'), { noun: 'review', part: 'approved', alone: 'approval' });
  assert.deepEqual(sum('changes_requested')?.part, ['wants changes', 'want changes']);
  assert.deepEqual(sum('commented')?.part, ['comment', 'comments']);
  assert.deepEqual(sum('pondered'), { noun: 'review', part: null, alone: null });
});

test('a review of an older form has no state; a smaller one no pull request', () => {
  assert.equal(toldBy(pullRequestReview, SUBMITTED, { 'review.state': null }).headline, 'Pull request reviewed');
  const lost = toldBy(pullRequestReview, SUBMITTED, { pull_request: null });
  assert.deepEqual([lost.did, lost.subject?.noun, lost.subject?.handle], ['approved {it}', 'pull request', null]);
});

test('an edit that only repeats the review is skipped', () => {
  const edited = payloadOf('pull_request_review.edited');
  assert.equal(toldBy(pullRequestReview, edited).headline, 'Review edited');
  for (const changes of [{ changes: {} }, { 'review.body': null }]) {
    assert.match(reasonOf(pullRequestReview, edited, changes), /only repeats the review/);
  }
});

test('a thread tells where in the code, and leads to its first comment', () => {
  const first = {
    path: 'src/upload/send.ts',
    line: null,
    original_line: 14,
    user: { login: 'priya-k' },
    html_url: 'https://github.com/acme/api/pull/512#discussion_r1',
  };
  const payload = { ...SUBMITTED, action: 'resolved', thread: { comments: [first, {}] } };
  const said = toldBy(pullRequestReviewThread, payload);
  assert.deepEqual(said.facts.slice(0, 3), ['src/upload/send.ts:14', '2 comments']);
  assert.deepEqual([said.did, said.sum?.part], ["resolved priya-k's thread on {it}", 'resolved']);
  assert.equal(toldBy(pullRequestReviewThread, payload, { 'thread.comments': [{}] }).did, 'resolved a thread on {it}');
  assert.equal(said.subject?.url, first.html_url);
  assert.equal(toldBy(pullRequestReviewThread, payload, { thread: null }).subject?.handle, '#512');
});

test('a reply in a thread is told apart from a new comment', () => {
  const created = payloadOf('pull_request_review_comment.created');
  assert.equal(toldBy(pullRequestReviewComment, created).headline, 'New review comment');
  const reply = toldBy(pullRequestReviewComment, created, { 'comment.in_reply_to_id': 7 });
  assert.deepEqual([reply.headline, reply.did], ['Reply to review comment', "replied to a comment on mona's {it}"]);
});
