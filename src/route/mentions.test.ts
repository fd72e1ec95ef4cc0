import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anActivity, person } from '../../tests/fixtures/activities.ts';
import type { ActivityFields } from '../model/new-activity.ts';
import type { Directory } from '../model/rule.ts';
import { mentionsOf } from './mentions.ts';

const DIRECTORY: Directory = {
  people: new Map([
    ['mona', { ids: { slack: 'U0MONA' } }],
    ['hubot', { ids: { slack: 'U0HUBOT' } }],
    ['quiet', { ids: {} }],
  ]),
  teams: new Map([
    ['acme/backend', { ids: { slack: 'S0BACK' }, members: new Set(['mona']) }],
    ['acme/web', { ids: {}, members: new Set(['mona', 'hubot', 'quiet']) }],
  ]),
  owners: new Map(),
};

function called(wanted: readonly string[], changes: Partial<ActivityFields>): readonly (string | undefined)[] {
  const activity = anActivity({ actor: person('priya-k'), ...changes });
  return mentionsOf(wanted, activity, DIRECTORY).map(({ ids }) => ids['slack']);
}

test('whom the event asks, whose it is, who is named in the rule; each once', () => {
  assert.deepEqual(called(['asked'], { asked: ['Mona', 'acme/backend'] }), ['U0MONA', 'S0BACK']);
  assert.deepEqual(called(['author', 'assignees'], { author: 'mona', assignees: ['hubot', 'mona'] }), [
    'U0MONA',
    'U0HUBOT',
  ]);
  assert.deepEqual(called(['reviewers'], { reviewers: ['acme/backend'] }), ['S0BACK']);
  assert.deepEqual(called(['@hubot', 'acme/backend'], {}), ['U0HUBOT', 'S0BACK']);
});

test('a team without a user group is its members', () => {
  assert.deepEqual(called(['acme/web'], {}), ['U0MONA', 'U0HUBOT']);
});

test('for another type of destination a team is those of its members whom somebody knows there', () => {
  const directory: Directory = {
    people: new Map([
      ['mona', { ids: { slack: 'U0MONA', discord: '1' } }],
      ['hubot', { ids: { slack: 'U0HUBOT' } }],
    ]),
    teams: new Map([['acme/backend', { ids: { slack: 'S0BACK' }, members: new Set(['mona', 'hubot']) }]]),
    owners: new Map(),
  };
  assert.deepEqual(mentionsOf(['acme/backend'], anActivity({ actor: null }), directory), [
    { name: 'acme/backend', ids: { slack: 'S0BACK' } },
    { name: 'mona', ids: { discord: '1' } },
  ]);
});

test('never who did it, and nobody whom the directory does not know', () => {
  assert.deepEqual(
    called(['author', 'asked'], { actor: person('Mona'), author: 'mona', asked: ['stranger', 'quiet'] }),
    [],
  );
});

test("everybody is called by the rule's own word, and never by a text", () => {
  const activity = anActivity({
    actor: person('here'),
    excerpt: '@here @channel @everyone <!here> <!channel>',
    asked: ['here', 'channel'],
    author: 'channel',
  });
  assert.deepEqual(mentionsOf(['mentioned', 'asked', 'author', '@here'], activity, DIRECTORY), []);
  assert.deepEqual(mentionsOf(['author', 'channel', 'here'], activity, DIRECTORY), [
    { name: 'here', ids: {}, audience: 'here' },
    { name: 'channel', ids: {}, audience: 'channel' },
  ]);
});

test('whom the text names, but not in code, addresses and paths', () => {
  const excerpt =
    'Ask @mona, (@acme/backend) or `@hubot`; mail x@hubot.example\n```\n@hubot\n```\nhttps://github.com/@hubot and @hubot/other';
  assert.deepEqual(called(['mentioned'], { excerpt }), ['U0MONA', 'S0BACK']);
  assert.deepEqual(called(['mentioned'], { excerpt: '@hubot.' }), ['U0HUBOT']);
});

test('a hostile text comes to an end', () => {
  for (const piece of ['@', '`', '```', '@a/', '@a-']) called(['mentioned'], { excerpt: piece.repeat(3_000) });
});
