import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAIRS_CONVERSATION } from '../../../../../tests/fixtures/pairs/conversation.ts';
import { reasonOf, toldBy } from '../../../../../tests/fixtures/told.ts';
import { discussion, discussionComment } from './discussion.ts';

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
  assert.deepEqual([said.headline, said.tone, said.facts], ['Question answered', 'good', ['answer by lin-wei']]);
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
  assert.deepEqual([moved.did, moved.facts], ['moved {it} to Q&A', ['General → Q&A']]);
  assert.match(reasonOf(discussion, BASE, { action: 'edited', changes: {} }), /neither title nor words changed/);
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
