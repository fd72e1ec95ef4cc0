import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAIRS_CONVERSATION } from '../../../../../tests/fixtures/pairs/conversation.ts';
import { reasonOf, toldBy } from '../../../../../tests/fixtures/told.ts';
import { discussionComment } from './comments.ts';
import { discussion } from './discussion.ts';

type Changes = Readonly<Record<string, unknown>>;

const BASE = PAIRS_CONVERSATION['discussion.closed'];
const COMMENT = PAIRS_CONVERSATION['discussion_comment.edited'];

function told(action: string, changes: Changes = {}) {
  return toldBy(discussion, BASE, { action, ...changes });
}

test('a question, an announcement and a discussion that was an issue are told apart from the rest', () => {
  const asked = told('created');
  assert.deepEqual([asked.headline, asked.tone, asked.facts], ['Question asked', 'opened', ['Q&A']]);
  const general = { 'discussion.category': { name: 'Ideas', slug: 'ideas', is_answerable: false } };
  assert.deepEqual(
    [told('created', general).headline, told('created', general).facts],
    ['Discussion started', ['Ideas']],
  );
  const news = { 'discussion.category': { name: 'Announcements', slug: 'announcements', is_answerable: false } };
  assert.deepEqual([told('created', news).headline, told('created', news).tone], ['New announcement', 'neutral']);
  assert.equal(told('created', { 'discussion.state': 'converting' }).did, 'turned an issue into {it}');
});

test('an answer is good news, quoted and linked', () => {
  const url = 'https://github.com/acme/api/discussions/88#discussioncomment-5';
  const answer = { html_url: url, body: 'Export the session first.', user: { login: 'lin-wei' } };
  const said = told('answered', { answer });
  assert.deepEqual([said.headline, said.tone, said.facts], ['Question answered', 'good', []]);
  assert.equal(said.did, "marked lin-wei's comment as the answer to priya-k's {it}");
  assert.equal(
    told('answered', { answer: { ...answer, user: null } }).did,
    "marked a comment as the answer to priya-k's {it}",
  );
  assert.deepEqual([said.excerpt, said.subject?.url], ['Export the session first.', url]);
  assert.equal(told('unanswered').tone, 'opened');
});

test('a closed discussion tells why', () => {
  const looks = (reason: unknown) => {
    const { headline, tone } = told('closed', { 'discussion.state_reason': reason });
    return `${headline}: ${tone}`;
  };
  assert.equal(looks('resolved'), 'Discussion resolved: done');
  assert.equal(looks('outdated'), 'Discussion closed as outdated: neutral');
  assert.equal(looks('duplicate'), 'Discussion closed as duplicate: neutral');
  assert.equal(looks(null), 'Discussion closed: done');
});

test('a moved discussion tells from where to where, and an empty edit is dropped', () => {
  const moved = told('category_changed', { changes: { category: { from: { name: 'General' } } } });
  assert.deepEqual([moved.did, moved.facts], ['moved {it} from General to Q&A', []]);
  assert.match(
    reasonOf(discussion, BASE, { action: 'edited', changes: {} }),
    /discussion.edited: neither title nor description changed/,
  );
});

test('what is done to it is said as of an issue', () => {
  assert.equal(told('closed').did, "closed priya-k's {it} as resolved");
  assert.equal(told('labeled', { label: { name: 'bug' } }).did, 'added label bug to {it}');
  assert.equal(told('locked', { 'discussion.active_lock_reason': 'spam' }).did, 'locked {it} as spam');
  const renamed = told('edited', { changes: { title: { from: 'Resume?' } } });
  assert.deepEqual([renamed.did, renamed.facts], ['renamed {it}', ['was: Resume?', 'opened by priya-k']]);
  assert.deepEqual(told('created').sum, { noun: 'discussion', part: 'started', alone: null });
});

test('its thread is numbered in one row with the issues', () => {
  assert.deepEqual([told('closed').thread, told('closed').author], ['acme/api#88', 'priya-k']);
});

test('a reply is told apart from a comment; an edit with the same words is dropped', () => {
  const said = (changes: Changes) => toldBy(discussionComment, COMMENT, changes).headline;
  assert.equal(said({ action: 'created' }), 'New comment on discussion');
  assert.equal(said({ action: 'created', 'comment.parent_id': 9 }), 'New reply in discussion');
  assert.equal(said({}), 'Comment edited');
  assert.match(reasonOf(discussionComment, COMMENT, { changes: {} }), /the words did not change/);
});
