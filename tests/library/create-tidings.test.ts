import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import {
  createTidings,
  describe,
  destination,
  discordDestination,
  githubSource,
  type Message,
  type Outcome,
  Secret,
  slackDestination,
  type TidingsOptions,
} from '../../src/index.ts';
import { startDiscordDouble } from '../doubles/discord-double.ts';
import { startSlackApi } from '../doubles/slack-api.ts';
import { startSlackDouble } from '../doubles/slack-double.ts';
import { anActivity, single } from '../fixtures/activities.ts';
import { dataDir } from '../support/data-dir.ts';
import { type Delivery, deliver, headersOf } from '../support/github.ts';
import { issueOpened, sampleDelivery } from '../support/payloads.ts';
import { SECRET } from '../support/tidings-process.ts';

const source = githubSource({ secrets: [SECRET] });
const NO_PAUSE = { baseMs: 1, capMs: 1, maxTries: 5 };

/** A destination that answers as planned, then says yes; `until` resolves when so many were sent in all. */
function recorder(name: string, plan: (Outcome | Error)[] = []) {
  const told: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  let awaited = Number.POSITIVE_INFINITY;
  const send = (message: Message): Outcome | undefined => {
    told.push(describe(message));
    if (told.length >= awaited) resolve();
    const next = plan.shift();
    if (next instanceof Error) throw next;
    return next;
  };
  const until = (count: number): Promise<void> => {
    awaited = count;
    if (told.length >= count) resolve();
    return promise;
  };
  return { told, until, destination: destination({ name, send, retry: NO_PAUSE }) };
}

function request(sent: Delivery, path = '/webhooks/github'): Request {
  return new Request(`http://localhost${path}`, {
    method: 'POST',
    headers: headersOf(sent),
    body: new Uint8Array(sent.body),
  });
}

function options(folder: string, more: Partial<TidingsOptions> = {}): TidingsOptions {
  const { destination } = recorder('team');
  return { database: join(folder, 'a.db'), sources: [source], destinations: [destination], log: 'silent', ...more };
}

test('what fetch accepts is stored, and told once the worker starts', async () => {
  await using folder = await dataDir();
  const team = recorder('team');
  await using tidings = await createTidings(options(folder.path, { destinations: [team.destination] }));
  const issue = issueOpened(12, 'Uploads fail');
  const answer = await tidings.fetch(request(issue));
  assert.deepEqual([answer.status, await answer.json()], [200, { status: 'accepted', id: 1 }]);
  assert.equal(((await (await tidings.fetch(request(issue))).json()) as { status: string }).status, 'duplicate');
  assert.equal((await tidings.fetch(request({ ...issue, secret: 'guess' }))).status, 401);
  assert.equal((await tidings.fetch(request(issue, '/elsewhere'))).status, 404);
  assert.deepEqual(team.told, []);

  await tidings.start();
  await team.until(1);
  assert.deepEqual(team.told, ['mona opened issue #12 in acme/api: Uploads fail']);
  assert.deepEqual(
    (await tidings.events.list({ limit: 10 })).map(({ id, type }) => [id, type]),
    [[1, 'issues']],
  );
  const record = await tidings.events.show(1);
  assert.deepEqual([record?.state, record?.body?.equals(issue.body)], ['routed', true]);
});

test('rules are those of tidings.yaml, and a destination that throws is asked again', async () => {
  await using folder = await dataDir();
  const team = recorder('team', [new Error('busy'), { kind: 'retry', reason: 'still busy', retryAfterMs: 1 }]);
  const stars = recorder('stars', [{ kind: 'rejected', reason: 'no stars here' }]);
  await using tidings = await createTidings(
    options(folder.path, {
      destinations: [team.destination, stars.destination],
      rules: [
        { on: { issues: ['opened'] }, repos: 'acme/*', to: 'team', template: 'New: {{ payload.issue.title }}' },
        { on: 'star', to: 'stars' },
      ],
    }),
  );
  await tidings.start();
  await tidings.fetch(request(sampleDelivery('star.created', 1)));
  await tidings.fetch(request(issueOpened(1)));
  await Promise.all([team.until(3), stars.until(1)]);
  await tidings.stop();
  assert.equal(new Set(team.told).size, 1);
  assert.match(team.told[0] ?? '', /^New: /);
  assert.equal(team.told.length, 3);
  assert.equal(stars.told.length, 1);

  await using later = await createTidings(options(folder.path));
  const outcomes = (await later.events.show(2))?.notifications[0]?.attempts.map(({ outcome, detail }) => [
    outcome,
    detail,
  ]);
  assert.deepEqual(outcomes, [
    ['retry', 'busy'],
    ['retry', 'still busy'],
    ['sent', 'done'],
  ]);
  assert.equal((await later.events.show(1))?.notifications[0]?.state, 'dead');
});

test('Slack and a server of its own, with health beside the webhooks', async () => {
  await using folder = await dataDir();
  await using slack = await startSlackDouble();
  const slackTeam = slackDestination({ name: 'slack', webhookUrl: new Secret(slack.webhookUrl()), perSecond: 0 });
  await using tidings = await createTidings(options(folder.path, { destinations: [slackTeam] }));
  await tidings.start();
  const { url } = await tidings.listen({ port: 0 });
  assert.equal((await fetch(`${url}/healthz`)).status, 200);
  await assert.rejects(tidings.listen({ port: 0 }), /listens once/);
  const sent = issueOpened(3, 'A title');
  const body = new Uint8Array(sent.body);
  assert.equal((await fetch(`${url}/webhooks/github`, { method: 'POST', headers: headersOf(sent), body })).status, 200);
  await slack.waitFor(1);
  await tidings.stop();
  assert.match(slack.messages[0]?.text ?? '', /A title/);
  assert.deepEqual(slack.violations, []);
  await assert.rejects(fetch(`${url}/healthz`));
});

test('with cards, and people told by direct message, by rules given in code', async () => {
  await using folder = await dataDir();
  await using slack = await startSlackApi({ intervalMs: 0, users: [{ id: 'U0000ZOE', name: 'zoe' }] });
  const bot = { token: slack.token, apiUrl: slack.url, perSecond: 0 };
  const destinations = [
    slackDestination({ ...bot, name: 'team', channel: 'C0000001', card: true }),
    slackDestination({ ...bot, name: 'people', direct: true }),
  ];
  const rules = [{ on: 'issues' }, { on: 'issues', to: '@zoe' }];
  const people = { zoe: { slack: 'U0000ZOE' } };
  await using tidings = await createTidings(options(folder.path, { destinations, rules, people }));
  await tidings.start();
  assert.equal((await tidings.fetch(request(issueOpened(3, 'A title')))).status, 200);
  await slack.until(() => slack.log.length >= 3);
  await tidings.stop();
  const [card] = slack.workspace.messages.inChannel('C0000001');
  assert.ok(card && slack.workspace.messages.replies(card).length === 1);
  assert.ok(slack.log.some(({ args }) => args['channel'] === 'U0000ZOE'));
  assert.deepEqual(slack.violations, []);
  const nobody = createTidings(options(folder.path, { destinations, rules: [{ on: 'issues', to: 'people' }] }));
  await assert.rejects(nobody, /rules\[0\]\.to\S*: "people" tells people: name them instead/);
});

test('below another path, and behind a listener made of fetch, it is the same handler', async (t) => {
  await using folder = await dataDir();
  await using tidings = await createTidings(options(folder.path));
  const app = new Hono().mount('/github', tidings.fetch);
  assert.equal((await app.fetch(request(issueOpened(1), '/github/webhooks/github'))).status, 200);

  const listener = getRequestListener(tidings.fetch, { overrideGlobalObjects: false });
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  assert.equal((await deliver(`http://127.0.0.1:${port}`, issueOpened(2))).body.status, 'accepted');
});

test('what is wrong in the options is told at once, each with its place, and no database is made', async () => {
  await using folder = await dataDir();
  const { destination: twin } = recorder('team');
  const { destination: reserved } = recorder('expand');
  const rules = [
    { on: 'issues', to: 'tem' },
    { to: 'team', stopp: true },
  ] as unknown as TidingsOptions['rules'];
  const retention = { bodies: '30' };
  const wrong = options(folder.path, { destinations: [twin, twin, reserved], retention, ...(rules && { rules }) });
  await assert.rejects(createTidings(wrong), (error: Error) => {
    assert.match(error.message, /destinations: two are named "team"/);
    assert.match(error.message, /destinations\.expand: "expand" is the name of a lane/);
    assert.match(error.message, /retention\.bodies: bodies needs a unit, as in 30d/);
    assert.match(error.message, /rules\[0\]\.to: no destination is named "tem"\. Did you mean "team"\?/);
    assert.match(error.message, /rules\[1\]\.stopp: stopp is not a key here\. Did you mean "stop"\?/);
    assert.match(error.message, /rules\[1\]\.on: on is missing/);
    return true;
  });
  await assert.rejects(createTidings(options(folder.path, { sources: [] })), /sources: sources is empty/);
  await assert.rejects(
    createTidings(options(folder.path, { database: 'postgres://127.0.0.1:1/x' })),
    /The database 127\.0\.0\.1:1\/x cannot be used: nobody listens there/,
  );
  await assert.rejects(createTidings(options(folder.path, { database: ':memory:' })), /must name a file/);
  await assert.rejects(
    createTidings(options(folder.path, { trustedProxies: ['caddy'] })),
    /trustedProxies\[0\]: "caddy" is no address/,
  );
  assert.throws(() => githubSource({ secrets: [undefined, ''] }), /source "github" needs a secret/);
  assert.deepEqual(await readdir(folder.path), []);
});

test('a rule may name events that only a source of one’s own tells', async () => {
  await using folder = await dataDir();
  await using tidings = await createTidings(
    options(folder.path, { rules: [{ on: { sirens: ['loud'] }, to: 'team' }] }),
  );
  assert.equal((await tidings.fetch(request(issueOpened(1)))).status, 200);
});

test('after stop nothing starts again, and stopping twice is stopping once', async () => {
  await using folder = await dataDir();
  const tidings = await createTidings(options(folder.path));
  await tidings.start();
  assert.equal(tidings.stop(), tidings.stop());
  await tidings.stop();
  await assert.rejects(tidings.start(), /was stopped/);
  await assert.rejects(tidings.listen({ port: 0 }), /until it is stopped/);
  assert.ok((await tidings.fetch(request(issueOpened(1)))).status >= 500);
});

test('a destination of one’s own gets its receipt back with the next message of the thread, and is closed once', async () => {
  const calls: unknown[] = [];
  const mine = destination({
    name: 'mine',
    send: (_message, { earlier, signal }) => {
      calls.push([earlier, signal.aborted]);
      return { kind: 'sent', answer: 'ok', receipt: { id: 7 } };
    },
    close: () => void calls.push('closed'),
  });
  const message = { kind: 'digest', notifications: [] } as const;
  const context = { signal: new AbortController().signal, earlier: { id: 6 } };
  assert.deepEqual(await mine.send(message, context), { kind: 'sent', answer: 'ok', receipt: { id: 7 } });
  await mine[Symbol.asyncDispose]();
  await mine[Symbol.asyncDispose]();
  assert.deepEqual(calls, [[{ id: 6 }, false], 'closed']);
});

test('stopping closes the destinations, also when nothing was started', async () => {
  await using folder = await dataDir();
  for (const isStarted of [false, true]) {
    let closings = 0;
    const team = destination({ name: 'team', send: () => undefined, close: () => void closings++ });
    const tidings = await createTidings(options(folder.path, { destinations: [team] }));
    if (isStarted) await tidings.start();
    await tidings.stop();
    assert.equal(closings, 1);
  }
});

test('Discord has the defaults of tidings.yaml', async () => {
  await using discord = await startDiscordDouble();
  const chat = discordDestination({ name: 'chat', webhookUrl: discord.webhookUrl });
  assert.deepEqual([chat.type, chat.intervalMs], ['discord', 2_020]);
  const context = { signal: new AbortController().signal, earlier: null };
  assert.equal((await chat.send(single(anActivity()), context)).kind, 'sent');
  assert.deepEqual(discord.violations, []);
});

test('a reminder says what events said of pull requests, once it is due', async () => {
  await using dir = await dataDir();
  const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
  const open = async (name: string, ms: number) => {
    const team = recorder('team');
    const at = new Date(Date.now() + ms).toISOString().slice(11, 16);
    const tidings = await createTidings({
      database: join(dir.path, 'db'),
      sources: [source],
      destinations: [team.destination],
      rules: [{ on: 'pull_request', to: 'team' }],
      reminders: { [name]: { at, zone: 'UTC', days, to: 'team' } },
      log: 'error',
    });
    await tidings.start();
    return { tidings, team };
  };
  const first = await open('later', 3 * 3_600_000);
  assert.equal((await first.tidings.fetch(request(sampleDelivery('pull_request.opened', 12)))).status, 200);
  await first.team.until(1);
  await first.tidings.stop();
  const { tidings, team } = await open('now', -60_000);
  await team.until(1);
  await tidings.stop();
  assert.deepEqual(team.told, ['1 pull request waits']);
});
