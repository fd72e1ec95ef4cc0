import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aFailedWorkflow, aMergedPullRequest, anActivity, aStar } from '../../tests/fixtures/activities.ts';
import type { ActivityFields } from '../model/new-activity.ts';
import { cut, oneLine, plain } from './plain.ts';
import { sentence } from './sentence.ts';

test('an activity reads as a sentence with who, what and where', () => {
  assert.equal(sentence(anActivity()), 'mona opened issue #12 in acme/api: Uploads fail on Safari');
  assert.equal(
    sentence(aMergedPullRequest()),
    'hubot merged pull request #128 in acme/api: Retry uploads with backoff and jitter',
  );
  assert.equal(sentence(aStar('mona')), 'mona starred acme/api');
  assert.equal(sentence(aFailedWorkflow()), 'CI failed on main in acme/api: Retry uploads');
});

test('it says what was done to what, and where, with the words of the normaliser', () => {
  const say = (
    did: string,
    noun: string,
    handle: string | null,
    title: string,
    changes: Partial<ActivityFields> = {},
  ) => sentence(anActivity({ did, subject: { noun, handle, title, url: '' }, ...changes }));
  assert.equal(
    say('pushed to {repo}', 'push', null, '4 commits to main'),
    'mona pushed to acme/api: 4 commits to main',
  );
  assert.equal(say('created {it}', 'branch', 'next', 'next'), 'mona created branch next in acme/api');
  assert.equal(
    say('asked lena for a review', 'pull request', '#9', 'Retry'),
    'mona asked lena for a review in acme/api: #9 Retry',
  );
  assert.equal(say('opened {it}', 'discussion', null, 'Why?'), 'mona opened a discussion in acme/api: Why?');
  assert.equal(say('opened {it}', 'advisory', null, 'Why?'), 'mona opened an advisory in acme/api: Why?');
  assert.equal(say('opened the {it}', 'discussion', null, 'Why?'), 'mona opened the discussion in acme/api: Why?');
  assert.equal(say('changed {it}', 'custom properties', null, ''), 'mona changed custom properties in acme/api');
  assert.equal(say('archived {it}', 'repository', null, 'acme/api'), 'mona archived repository acme/api');
  const org = { place: null, account: 'acme' };
  assert.equal(say('renamed {it}', 'organization', null, 'acme', org), 'mona renamed organization acme');
  assert.equal(say('created {it}', 'team', null, 'backend', org), 'mona created a team in acme: backend');
  assert.equal(say('bought {it}', 'plan', null, 'Pro', { place: null }), 'mona bought a plan: Pro');
  assert.equal(
    say('installed {it}', 'app', null, 'Tidings', { place: null, account: 'mona' }),
    'mona installed an app: Tidings',
  );
  assert.equal(say('joined {repo}', 'person', null, 'mona', org), 'mona joined acme');
});

test('it reads on when something is missing', () => {
  assert.equal(sentence(anActivity({ actor: null })), 'Issue opened in acme/api: #12 Uploads fail on Safari');
  assert.equal(sentence(anActivity({ actor: null, place: null, subject: null })), 'Issue opened');
  assert.equal(sentence(anActivity({ subject: null })), 'Issue opened in acme/api by mona');
  const untitled = { noun: 'workflow', handle: null, title: '', url: '' };
  assert.equal(sentence(aFailedWorkflow({ subject: untitled, place: null })), 'Workflow failed by lena-k');
  assert.equal(
    sentence(aFailedWorkflow({ subject: { ...untitled, title: 'Nightly build' }, became: 'failed in {repo}' })),
    'Nightly build failed in acme/api',
  );
  assert.equal(
    sentence(anActivity({ did: 'starred {repo}', place: null })),
    'Issue opened by mona: #12 Uploads fail on Safari',
  );
});

test('it repeats the first words of who says something', () => {
  const say = (excerpt: string, changes: Partial<ActivityFields> = {}) =>
    sentence(anActivity({ did: 'commented on {it}', isSpoken: true, excerpt, ...changes }));
  const where = 'mona commented on issue #12 in acme/api (Uploads fail on Safari):';
  assert.equal(say('I can reproduce it on **17.2**.\n\n- so'), `${where} I can reproduce it on 17.2. • so`);
  assert.equal(say('![image](https://x.test/a.png)'), `${where} 🖼`);
  assert.equal(say('```\nnpm ci\n```'), `${where} npm ci`);
  assert.equal(say('---'), 'mona commented on issue #12 in acme/api: Uploads fail on Safari');
  const long = say('word '.repeat(100), {
    subject: { noun: 'issue', handle: '#1', title: 'title '.repeat(40), url: '' },
  });
  assert.match(long, /^mona commented on issue #1 in acme\/api \((?:title )*title…\): (?:word )*word…$/);
  assert.ok(long.length <= 300 && long.length > 290);
  assert.equal(say('Yes', { subject: null, did: 'spoke' }), 'mona spoke in acme/api: Yes');
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

test('plain text loses what cannot be seen, and a cut splits no pair', () => {
  assert.equal(plain('a\u001b[2Jb\u0085c\u2028d\u200fe\udc00'), 'a[2Jb\nc\nde');
  assert.equal(oneLine(' a\n\u00a0 b '), 'a b');
  assert.equal(oneLine('\u200b\u00ad \u2060\u3164'), '');
  assert.equal(oneLine('👩\u200d🚀 می\u200cخواهم'), '👩\u200d🚀 می\u200cخواهم');
  assert.equal(cut('ab😀cd', 4), 'ab…');
  assert.equal(cut('abcd', 4), 'abcd');
});

test('words of somebody’s own are the whole line, and none of it where nothing of them is seen', () => {
  assert.equal(sentence(anActivity({ sentence: 'A new case\u202e', isSpoken: true, excerpt: 'Hello' })), 'A new case');
  assert.equal(sentence(anActivity({ sentence: 'x '.repeat(500) })).length <= 300, true);
  assert.equal(sentence(anActivity({ sentence: '\u200b \u202e' })), sentence(anActivity()));
});
