import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sample } from '../../src/sources/github/samples/sample.ts';
import { startSlackApi } from '../doubles/slack-api.ts';
import { configure, dataDir, drained, openInbox } from '../support/data-dir.ts';
import { type Delivery, deliver, delivery } from '../support/github.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';

const NOW = Date.UTC(2026, 0, 15);
const USERS = [
  { id: 'U0000MONA', name: 'mona', email: 'mona@acme.test' },
  { id: 'U000HUBOT', name: 'hubot', email: 'hubot@acme.test' },
  { id: 'U00GUEST1', name: 'guest', email: 'guest@acme.test', guest: 'multi' },
  { id: 'U00SHARED', name: 'shared', email: 'shared@acme.test' },
] as const;

function push(...authors: readonly (readonly [username: string | undefined, email: string])[]): Delivery {
  const made = sample('push', { n: 1, now: NOW })?.payload ?? {};
  const [first] = made['commits'] as readonly object[];
  const commits = authors.map(([username, email]) => {
    const who = { name: 'x', email, ...(username !== undefined && { username }) };
    return { ...first, author: who, committer: who };
  });
  return delivery('push', { ...made, commits });
}

function asked(guid: string, ...reviewers: readonly string[]): Delivery {
  const user = (login: string) => ({ login, html_url: `https://github.com/${login}`, type: 'User' });
  const made = sample('pull_request.review_requested', { n: 1, now: NOW })?.payload;
  const pullRequest = { ...(made?.['pull_request'] as object), requested_reviewers: reviewers.map(user) };
  const [last = ''] = reviewers;
  const payload = { ...made, sender: user('ada'), requested_reviewer: user(last), pull_request: pullRequest };
  return delivery('pull_request', payload, { guid });
}

async function settled(path: string): Promise<void> {
  await using inbox = await openInbox(path);
  await drained(inbox);
}

const SCOPES = ['chat:write', 'users:read', 'users:read.email', 'channels:read'];

async function started(scopes: readonly string[], people: object) {
  const dir = await dataDir();
  const slack = await startSlackApi({ intervalMs: 0, users: USERS, scopes });
  await configure(dir.path, {
    destinations: { people: { type: 'slack', token: slack.token, direct: true, per_second: 0 } },
    people,
    rules: [{ name: 'look', on: { pull_request: ['review_requested'] }, to: '@reviewers' }],
  });
  const env = { SLACK_API_URL: slack.url };
  const server = await serverInProcess('start', dir.path, env);
  return {
    slack,
    run: (...argv: readonly string[]) => inProcess(argv, dir.path, env),
    told: () => slack.messages.map(({ channel }) => channel),
    lookUps: () => slack.log.filter(({ method }) => method === 'users.lookupByEmail').length,
    posts: () => slack.log.filter(({ method }) => method === 'chat.postMessage').map(({ args }) => args['channel']),
    async send(...deliveries: readonly Delivery[]) {
      for (const each of deliveries) assert.equal((await deliver(server.url, each)).status, 200);
      await settled(dir.path);
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await slack[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
}

test('whoever has no id is looked up by the address of their commits, once, and told; others stay unknown, with why', async () => {
  await using here = await started(SCOPES, { by_email: true, priya: 'U000HUBOT' });
  await here.send(
    push(
      ['Mona', 'Mona@acme.test'],
      ['mona', '1+mona@users.noreply.github.com'],
      [undefined, 'hubot@acme.test'],
      ['stranger', 'stranger@else.test'],
      ['guest', 'guest@acme.test'],
      ['one', 'shared@acme.test'],
      ['two', 'shared@acme.test'],
      ['hubot', 'hubot@acme.test'],
    ),
  );
  assert.equal(here.lookUps(), 0, 'nobody named them yet');

  await here.send(asked('one', 'mona', 'stranger', 'guest', 'one', 'hubot', 'new'));
  assert.deepEqual(here.posts(), ['U0000MONA']);
  assert.equal(here.lookUps(), 4);
  await here.send(asked('two', 'stranger', 'mona'));
  assert.deepEqual(here.posts(), ['U0000MONA', 'U0000MONA']);
  assert.equal(here.lookUps(), 4, 'what is known is not asked again');

  const json = (await here.run('people', '--since', '10000d', '--json')).stdout.trim().split('\n');
  const said = new Map(json.map((line) => JSON.parse(line)).map(({ login, looked_up }) => [login, looked_up]));
  assert.equal(said.get('mona'), 'found: U0000MONA (slack)');
  assert.equal(said.get('stranger'), 'no such address at Slack');
  assert.equal(said.get('guest'), 'at Slack: a guest');
  assert.equal(said.get('one'), 'another login has the address, too');
  assert.equal(said.get('hubot'), 'that is priya in people');
  assert.equal(said.get('new'), 'no address seen');
  assert.match((await here.run('people', '--since', '10000d')).stdout, /LOOKED UP[^]*no such address at Slack/);
  assert.match(
    (await here.run('explain', '2')).stdout,
    /@reviewers: stranger \(unknown to people\), mona|@reviewers: mona, stranger \(unknown to people\)/,
  );

  // Somebody else has her address from now on.
  await here.send(push(['eve', 'mona@acme.test']));
  await here.send(asked('three', 'mona'));
  assert.equal(here.posts().length, 2);
  assert.deepEqual(here.slack.violations, []);
});

test('a scope that is missing holds nothing up; doctor and people say it, and the manifest asks for it', async () => {
  const people = { by_email: true, hubot: 'U000HUBOT' };
  await using here = await started(['chat:write', 'channels:read'], people);
  await here.send(push(['mona', 'mona@acme.test'], ['guest', 'guest@acme.test']));
  await here.send(asked('one', 'mona', 'guest', 'hubot'));
  assert.deepEqual(here.posts(), ['U000HUBOT']);
  assert.equal(here.lookUps(), 1, 'one no is enough for a while');
  const { stdout, stderr } = await here.run('people', '--since', '10000d');
  assert.match(stdout, /mona .*asked in vain/);
  assert.match(stderr, /Looked up, and asked in vain: the app lacks the scope users:read\.email/);
  const doctor = (await here.run('doctor')).stdout;
  assert.match(doctor, /for people by their e-mail addresses the app lacks users:read\.email \(.*\), users:read \(/);
  const manifest = JSON.parse((await here.run('connect', 'slack', '--manifest')).stdout);
  assert.ok(manifest.oauth_config.scopes.bot.includes('users:read.email'));
});

test('without by_email no address is kept, and nobody is looked up', async () => {
  await using here = await started(SCOPES, { hubot: 'U000HUBOT' });
  await here.send(push(['mona', 'mona@acme.test']), asked('one', 'mona', 'hubot'));
  assert.deepEqual([here.posts(), here.lookUps()], [['U000HUBOT'], 0]);
  assert.doesNotMatch((await here.run('people', '--since', '10000d')).stdout, /LOOKED UP|address/);
});

test('whoever is found is called in a channel, too', async () => {
  await using dir = await dataDir();
  await using slack = await startSlackApi({ intervalMs: 0, users: USERS, scopes: SCOPES });
  await configure(dir.path, {
    destinations: { team: { type: 'slack', token: slack.token, channel: '#releases', per_second: 0 } },
    people: { by_email: true },
    rules: [{ on: { pull_request: ['review_requested'] }, mention: 'reviewers' }],
  });
  await using server = await serverInProcess('start', dir.path, { SLACK_API_URL: slack.url });
  await deliver(server.url, push(['mona', 'mona@acme.test']));
  await settled(dir.path);
  await deliver(server.url, asked('one', 'mona', 'new'));
  await settled(dir.path);
  assert.match(JSON.stringify(slack.messages), /<@U0000MONA>/);
});

test('who is forgotten is looked up no more', async () => {
  await using here = await started(SCOPES, { by_email: true });
  await here.send(push(['mona', 'mona@acme.test']), asked('one', 'mona'));
  assert.deepEqual(here.posts(), ['U0000MONA']);
  const forgotten = await here.run('forget', '--login', 'mona', '--yes');
  assert.equal(forgotten.code, 0, forgotten.stderr);
  await here.send(asked('two', 'mona'));
  assert.deepEqual(here.posts(), ['U0000MONA']);
});
