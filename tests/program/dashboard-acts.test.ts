import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Lanes, TestSent } from '../../src/http/api/answers/lanes.ts';
import { type Replay, ReplayPlan } from '../../src/http/api/answers/replays.ts';
import { type SampleSent, Setup } from '../../src/http/api/answers/setup.ts';
import { startEndpointDouble } from '../doubles/endpoint-double.ts';
import { askingV1 } from '../support/ask-v1.ts';
import { configure, dataDir, drained, openInbox } from '../support/data-dir.ts';
import { beginInProcess, serverInProcess } from '../support/in-process.ts';
import { BANNER } from '../support/tidings-process.ts';

interface Failed {
  readonly error: { readonly code: string; readonly message: string };
}

const TEST_TEXT = 'This is a test message from Tidings';

test('a sample, a pause, a resume, a test message and a replay: each does what it says, and is in the audit list', async () => {
  await using dir = await dataDir();
  await using endpoint = await startEndpointDouble();
  const rules = [{ on: { pull_request: ['opened'] }, to: 'hook' }];
  await configure(dir.path, { destinations: { hook: { type: 'http', url: endpoint.url } }, rules });
  await using server = await serverInProcess('start', dir.path);
  await using inbox = await openInbox(dir.path);
  const ask = askingV1(server);
  const lane = async () => Lanes.parse((await ask('GET', '/lanes')).body).lanes[0];
  const stateOf = async () =>
    Object.fromEntries(Setup.parse((await ask('GET', '/setup')).body).steps.map(({ id, done }) => [id, done]));

  assert.deepEqual(await stateOf(), { receive: false, source: false, destination: false, rules: true });
  const paused = await ask<{ readonly changed: boolean }>('POST', '/lanes/hook/pause', { for: '2h' });
  assert.equal(paused.body.changed, true);
  const { body: sample } = await ask<SampleSent>('POST', '/setup/sample', {});
  assert.equal(sample.event_id, 1, sample.says);
  while ((await lane())?.waiting !== 1);
  assert.match(
    (await lane())?.says ?? '',
    /^Paused .* by somebody at this machine, for 2 h more, until .* 1 message has waited/,
  );
  const refused = await ask<Failed>('POST', '/lanes/hook/test');
  assert.deepEqual([refused.status, refused.body.error.code], [409, 'cannot_test']);
  assert.equal(endpoint.told.length, 0);

  await ask('POST', '/lanes/hook/resume');
  await endpoint.waitFor(1);
  await drained(inbox);
  const tested = await ask('POST', '/lanes/hook/test');
  assert.equal(TestSent.parse(tested.body).outcome, 'sent', JSON.stringify(tested.body));
  assert.match(endpoint.bodies.at(-1) ?? '', new RegExp(TEST_TEXT));
  const soon = await ask<Failed>('POST', '/lanes/hook/test');
  assert.deepEqual([soon.status, soon.body.error.code], [429, 'too_soon']);
  assert.deepEqual(await stateOf(), { receive: true, source: false, destination: true, rules: true });

  const wish = { selection: { filter: { type: 'pull_request.opened' } } };
  const plan = ReplayPlan.omit({ sample: true })
    .loose()
    .parse((await ask('POST', '/replays', { ...wish, dry_run: true })).body);
  assert.deepEqual([plan.count, plan.is_more, plan.gone], [1, false, 0]);
  assert.equal(endpoint.told.length, 2);
  const begun = await ask<Replay>('POST', '/replays', wish);
  assert.equal(begun.status, 202);
  await endpoint.waitFor(3);
  assert.equal((await ask<Replay>('GET', `/replays/${begun.body.id}`)).body.total, 1);

  const audited = (await inbox.audited(0, 20)).toReversed();
  const done = audited.map(({ who, what, about }) => `${who}: ${what} ${about}`);
  assert.deepEqual(done, [
    'somebody at this machine: pause hook',
    'somebody at this machine: send sample event 1',
    'somebody at this machine: resume hook',
    'somebody at this machine: test message hook',
    'somebody at this machine: replay {"filter":{"type":"pull_request.opened"}}',
  ]);
});

test('what is not there is not found, and what cannot be meant is refused, without a trace in the audit list', async () => {
  await using dir = await dataDir();
  await using server = await serverInProcess('start', dir.path);
  await using inbox = await openInbox(dir.path);
  const ask = askingV1(server);
  const status = async (path: string, body?: unknown) => (await ask<Failed>('POST', path, body)).status;
  for (const name of [
    'nobody',
    'expand',
    'prune',
    '..%2f..%2fetc',
    '%00',
    '%F0%9F%92%A9',
    '__proto__',
    'a'.repeat(300),
    encodeURIComponent("'; DROP TABLE lanes"),
  ]) {
    for (const act of ['pause', 'resume', 'test'])
      assert.equal(await status(`/lanes/${name}/${act}`, {}), 404, `${name} ${act}`);
  }
  for (const wish of [{ for: 'forever' }, { for: '2' }, { for: '-2h' }, { for: 7 }, { till: '2h' }, []]) {
    assert.equal(await status('/lanes/console/pause', wish), 400, JSON.stringify(wish));
  }
  const selections = [
    {},
    { ids: [] },
    { ids: [0] },
    { ids: [1.5] },
    { ids: Array.from({ length: 10_000 }, (_, n) => n + 1) },
    { ids: [1], filter: {} },
    { filter: { state: 'gone' } },
    { filter: { since: 'yesterday' } },
    { messages: { state: 'told' } },
  ];
  for (const selection of selections)
    assert.equal(await status('/replays', { selection }), 400, JSON.stringify(selection).slice(0, 80));
  assert.equal(await status('/replays', { selection: { ids: [1, 2] } }), 422);
  assert.equal(await status('/replays/00000000-0000-0000-0000-000000000000/cancel'), 404);
  assert.equal(await status('/replays/..%2f1/cancel'), 404);
  assert.deepEqual(await inbox.audited(0, 20), []);
});

test('a sample that is not there, and one whose provider is called elsewhere', async () => {
  await using dir = await dataDir();
  await using server = await beginInProcess(['start'], dir.path, {
    PUBLIC_URL: 'https://hooks.example.org',
    ADMIN_TOKEN: 'a-token-for-this-test-alone-0123456789',
  });
  await server.printed(BANNER);
  const headers = { authorization: 'Bearer a-token-for-this-test-alone-0123456789' };
  const send = async (name: string) => {
    const response = await fetch(`${server.url}/api/v1/setup/sample`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ name }),
    });
    return (await response.json()) as SampleSent;
  };
  assert.match(
    (await send('star.creatd')).says,
    /^Nothing was sent: there is no sample "star\.creatd"\. Did you mean star\.created\?$/,
  );
  assert.deepEqual(await send('star.created'), {
    event_id: 1,
    says: 'star.created was sent, verified and stored as event 1.',
  });
  const setup = Setup.parse(await (await fetch(`${server.url}/api/v1/setup`, { headers })).json());
  const source = setup.steps.find(({ id }) => id === 'source');
  assert.equal(source?.fields[0]?.value, 'https://hooks.example.org/webhooks/github');
  assert.equal(source?.done, false, 'a sample is no webhook of theirs');
  assert.ok(!JSON.stringify(setup).includes('a-secret-for-tests'), 'no secret is shown');
});

test('settings that change while it runs are what the API knows', async () => {
  await using dir = await dataDir();
  await configure(dir.path, { destinations: { desk: { type: 'console' } } });
  await using server = await serverInProcess('start', dir.path, { LOG_LEVEL: 'info' });
  const ask = askingV1(server);
  const names = async () => Lanes.parse((await ask('GET', '/lanes')).body).lanes.map(({ name }) => name);
  assert.deepEqual(await names(), ['desk']);
  await writeFile(
    join(dir.path, 'tidings.yaml'),
    'destinations: { desk: { type: console }, wall: { type: console } }\n',
  );
  await server.printed(/the settings changed, and are in force/);
  assert.deepEqual(await names(), ['desk', 'wall']);
});
