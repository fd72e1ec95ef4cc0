import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aFailedWorkflow, aMergedPullRequest, anActivity, aStar, digest } from '../../tests/fixtures/activities.ts';
import { groupAlike, summary } from './groups.ts';
import { cut, oneLine, plain } from './plain.ts';
import { sentence } from './sentence.ts';

test('an activity reads as a sentence with who, what and where', () => {
  assert.equal(sentence(anActivity()), 'mona opened issue #12 in acme/api: Uploads fail on Safari');
  assert.equal(
    sentence(aMergedPullRequest()),
    'hubot merged pull request #128 in acme/api: Retry uploads with backoff and jitter',
  );
  assert.equal(sentence(aStar('mona')), 'mona starred acme/api');
  assert.equal(sentence(aFailedWorkflow()), 'Workflow failed in acme/api by lena-k: #904 CI');
});

test('it reads on when something is missing', () => {
  assert.equal(sentence(anActivity({ actor: null })), 'Issue opened in acme/api: #12 Uploads fail on Safari');
  assert.equal(sentence(anActivity({ actor: null, repo: null, subject: null })), 'Issue opened');
});

test('it is one line of at most 300 characters', () => {
  const subject = { noun: 'issue', handle: '#1', title: 'a\n'.repeat(5000), url: '' };
  const text = sentence(anActivity({ subject }));
  assert.ok(text.length <= 300 && !text.includes('\n'));
});

test('a template sign inside a name is only text', () => {
  const actor = { login: '$& {repo}', url: null, avatarUrl: null, isBot: false };
  assert.match(sentence(anActivity({ actor })), /^\$& \{repo\} opened/);
});

test('counts read as people say them', () => {
  const say = (...activities: Parameters<typeof digest>[0]) => summary(groupAlike(digest(activities).notifications));
  assert.equal(say(aStar('a'), aStar('b')), '2 stars in acme/api');
  assert.equal(say(aMergedPullRequest(), aMergedPullRequest()), '2 pull requests merged in acme/api');
  const draft = aMergedPullRequest({ headline: 'Draft pull request merged' });
  assert.equal(say(aMergedPullRequest(), draft), '2 pull requests merged in acme/api');
  const review = anActivity({ kind: 'x', headline: 'Changes requested' });
  assert.equal(say(review, review, aStar('a')), '3 events in acme/api: 2 × Changes requested, 1 star');
});

test('plain text loses what cannot be seen, and a cut splits no pair', () => {
  assert.equal(plain('a\u001b[2Jb\u0085c\u2028d\u200fe\udc00'), 'a[2Jb\nc\nde');
  assert.equal(oneLine(' a\n\u00a0 b '), 'a b');
  assert.equal(cut('ab😀cd', 4), 'ab…');
  assert.equal(cut('abcd', 4), 'abcd');
});
