import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commentTold } from './comment.ts';
import { pushTold } from './push.ts';
import { refOf } from './ref.ts';
import { type Topic, topicTold } from './topic.ts';

const TOPIC: Topic = {
  noun: 'merge request',
  handle: '!12',
  title: 'Retry uploads',
  url: null,
  repo: 'Acme/API',
  author: 'hubot',
  actor: 'Hubot',
  request: { number: 12, base: 'main', head: 'retry' },
};

test('whose it is, is said of what others opened, whatever the case of their names', () => {
  assert.equal(topicTold(TOPIC, { is: 'merged' }).did, 'merged {it} into main');
  assert.equal(topicTold({ ...TOPIC, actor: 'mona' }, { is: 'merged' }).did, "merged hubot's {it} into main");
  assert.equal(topicTold({ ...TOPIC, author: null }, { is: 'closed' }).did, 'closed {it}');
});

test('who does it to themselves is not named again, and of many only some are', () => {
  const did = (...whom: readonly string[]) => topicTold(TOPIC, { is: 'assigned', whom }).did;
  assert.equal(did('hubot'), 'assigned themselves to {it}');
  assert.equal(did('hubot', 'mona'), 'assigned {it} to hubot and mona');
  assert.equal(did('a', 'b', 'c', 'd', 'e'), 'assigned {it} to a, b, c and 2 more');
  assert.equal(did(), 'assigned {it}');
});

test('a merge request has one thread, whatever the case of its repository', () => {
  const comment = commentTold(TOPIC, { action: 'created', body: 'Nice', url: null });
  assert.equal(topicTold(TOPIC, { is: 'opened' }).thread, 'acme/api!12');
  assert.equal(comment.thread, 'acme/api!12');
  assert.equal(comment.headline, 'New comment on merge request');
});

test('a push says how many commits there are where fewer are listed', () => {
  const commit = { sha: '9f8e7d6c', url: null, message: 'Last', author: null };
  const pages = { repository: null, ref: null, compare: null };
  const push = { ref: refOf('refs/heads/main'), before: '1a2b3c4d', after: '9f8e7d6c', pages };
  const told = pushTold({ ...push, commits: [commit], total: 25 });
  assert.equal(told.noun, '25 commits');
  assert.match(told.excerpt ?? '', /24 more\n- 9f8e7d6 Last/);
  assert.equal(pushTold({ ...push, commits: [], total: 40 }).did, 'pushed {it} to main');
  assert.equal(pushTold({ ...push, commits: [], total: 0 }).headline, 'Branch moved');
  assert.equal(pushTold({ ...push, commits: [commit], isCut: true }).noun, '1 or more commits');
});
