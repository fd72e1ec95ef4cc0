import assert from 'node:assert/strict';
import { request } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { createTidings, destination, Secret } from '../../src/index.ts';
import { NOW, type SourceFixture } from '../conformance/source-fixture.ts';
import { providersUnderTest } from '../golden/providers.ts';
import { configure, dataDir, drained, openInbox, records } from '../support/data-dir.ts';
import { serverInProcess } from '../support/in-process.ts';

type Headers = Readonly<Record<string, string | readonly string[]>>;

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** As they stand: a value of a list is a header of its own. */
function post(url: string, headers: Headers, body: string | Buffer, method = 'POST'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = Buffer.byteLength(body);
    const sent = { ...headers, 'Content-Length': String(length) } as Record<string, string | string[]>;
    const outgoing = request(url, { method, headers: sent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
    });
    outgoing.on('error', reject).end(body);
  });
}

const WRONG = 'not the secret of anybody here';
const REFUSED = /^\{"error":\{"code":"signature_refused"/;

test('every provider at once, two sources of each: each takes its own, once, answers as it is to, and before anything is told', async (t) => {
  // When the fixtures' requests are sent.
  t.mock.timers.enable({ apis: ['Date'], now: NOW * 1000 });
  const all = await providersUnderTest();
  const sources = await Promise.all(
    all.flatMap(({ name, provider, fixture: { secret, other = WRONG, settings = {} } }) => [
      provider.source({ name, secrets: [new Secret(secret)], settings }),
      provider.source({ name: second(name), secrets: [new Secret(other)], settings }),
    ]),
  );
  await using dir = await dataDir();
  const told: string[] = [];
  const room = destination({ name: 'room', send: (message) => void told.push(message.kind) });
  await using tidings = await createTidings({
    database: join(dir.path, 'tidings.db'),
    sources,
    destinations: [room],
    rules: [{ name: 'all', on: '*' }],
    log: 'silent',
  });
  const { url } = await tidings.listen({ port: 0 });

  const send = (fixture: SourceFixture, to: string, no: number, by: string): Promise<Answer> => {
    const { body } = fixture.event(no);
    const path = `/webhooks/${to}`;
    return post(url + path, fixture.headers(body, by, NOW, no, path), body);
  };
  const each = (act: (under: (typeof all)[number]) => Promise<void>): Promise<unknown> => Promise.all(all.map(act));

  await each(async ({ name, fixture }) => {
    const { secret, other = WRONG, answer } = fixture;
    const stored = await send(fixture, name, 1, secret);
    assert.equal(stored.status, 200, name);
    if (answer === null) assert.match(stored.body, /^\{"status":"accepted","id":\d+\}$/, name);
    else assert.equal(stored.body, answer, name);
    const again = await send(fixture, name, 1, secret);
    assert.deepEqual(again, { status: 200, body: stored.body.replace('accepted', 'duplicate') }, name);
    for (const [to, by] of [
      [name, other],
      [second(name), secret],
    ] as const) {
      const refused = await send(fixture, to, 2, by);
      assert.equal(refused.status, 401, `${to}: ${refused.body}`);
      assert.match(refused.body, REFUSED, to);
    }
    assert.equal((await send(fixture, second(name), 2, other)).status, 200, second(name));
  });
  await each(async ({ name, fixture }) => {
    for (const { name: title, expect, headers, body, status = 200, answer, method } of fixture.cases) {
      if (expect !== 'handshake') continue;
      const said = await post(`${url}/webhooks/${name}`, headers, body, method);
      assert.equal(said.status, status, `${name}: ${title}`);
      if (answer !== undefined) assert.equal(said.body, answer, `${name}: ${title}`);
    }
  });

  await using inbox = await openInbox(dir.path);
  const stored = await records(inbox);
  const states = (from: string) => stored.filter(({ source }) => source === from).map(({ state }) => state);
  for (const { name } of sources) assert.deepEqual(states(name), ['pending'], name);
  assert.deepEqual(told, []);

  await tidings.start();
  await drained(inbox);
  const settled = await records(inbox);
  assert.equal(settled.length, sources.length);
  for (const { source, state, reason } of settled) {
    assert.ok(['routed', 'skipped'].includes(state), `${source}: ${state}, ${reason}`);
  }
  assert.ok(told.length > 0);
});

test('every provider as tidings.yaml configures it, all in one server', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: NOW * 1000 });
  // What cannot be written there is no settings of a user's.
  const all = (await providersUnderTest()).filter(({ fixture: { settings } }) => settings === undefined);
  await using dir = await dataDir();
  const sources = all.map(({ name, fixture: { other = WRONG } }) => [name, { provider: name, secrets: other }]);
  await configure(dir.path, { sources: Object.fromEntries(sources) });
  await using server = await serverInProcess('receive', dir.path);
  const answers = all.map(async ({ name, fixture }) => {
    const { body } = fixture.event(1);
    const path = `/webhooks/${name}`;
    const { other = WRONG } = fixture;
    return [name, (await post(server.url + path, fixture.headers(body, other, NOW, 1, path), body)).status];
  });
  assert.deepEqual(
    await Promise.all(answers),
    all.map(({ name }) => [name, 200]),
  );
});

function second(name: string): string {
  return `${name}-2`;
}
