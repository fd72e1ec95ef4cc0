import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { Webhooks } from '@octokit/webhooks';
import { Webhook } from 'standardwebhooks';
import { Secret } from '../../src/shared/secret.ts';
import { type ProviderUnderTest, providersUnderTest } from '../golden/providers.ts';
import { configure, dataDir, drained, openInbox, records } from '../support/data-dir.ts';
import { delivery, headersOf, octokitExamples } from '../support/github.ts';
import { ready, runTidings } from '../support/tidings-process.ts';
import { KEYS, type SourceName } from './keys.ts';
import { PEERS } from './peer.ts';
import type { Sent } from './sent.ts';
import { addressOf, PUBLIC_URL, sendTo } from './server.ts';

// What a receiver and a worker forward to an application that was down for eleven minutes, as processes of their own. By the clock of the
// worker that finds it back they have passed: libraries refuse a signed time older than five.

const ELEVEN_MINUTES_MS = 11 * 60_000;
const AHEAD = new URL('./clock-ahead.js', import.meta.url).pathname;
/** Of the application: for what nobody but its provider can sign. */
const KEY = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
/** The least tries that an application which is down sees of each lane. */
const REFUSALS = 3;

/** What providers send beside what their libraries look at, and applications may read. */
const BESIDE: Readonly<Record<string, Sent['headers']>> = {
  gitlab: { 'x-gitlab-webhook-uuid': '13792a34-cac6-4fda-95a8-c58e00a3954e' },
  linear: { 'linear-timestamp': '1767225600000' },
  twilio: { 'i-twilio-idempotency-token': 'd1f1f7f5-ef7b-4a29-ae1b-b0a4a6a15c7a' },
};

interface Arrived extends Sent {
  readonly source: string;
  readonly bytes: Buffer;
  readonly at: number;
}

interface Story {
  /** By source, in the order in which it was received, and in which it arrived. */
  readonly received: ReadonlyMap<string, readonly Sent[]>;
  readonly arrived: ReadonlyMap<string, readonly Arrived[]>;
  readonly began: number;
}

interface Row {
  readonly name: string;
  readonly provider: string;
  readonly secrets: readonly string[];
  readonly sends: readonly Sent[];
}

/** As GitHub sends them: no body comes twice, or the second would look forged. */
function githubExamples(): readonly Sent[] {
  const known = new Set<string>();
  return octokitExamples().map(({ type, payload }): Sent => {
    const one = delivery(type, payload, { secret: KEYS.github.secrets[0] });
    let body = one.body.toString('utf8');
    while (known.has(body)) body += '\n';
    known.add(body);
    return { method: 'POST', query: '', headers: headersOf({ ...one, body: Buffer.from(body) }), body };
  });
}

const SAMPLED = { sample_secret: new Secret('of-nobody-for-samples') };

function isSampled({ fixture }: Pick<ProviderUnderTest, 'fixture'>): boolean {
  return fixture.settings?.['sample_secret'] !== undefined;
}

/** Of providers that give no library, by the conformance suite's own signing. */
async function sampleOf({ name, provider, fixture }: ProviderUnderTest): Promise<Row> {
  const { body, type } = fixture.event(1);
  const url = `${PUBLIC_URL}/webhooks/${name}`;
  const now = Date.now();
  // Nobody has its key: a sample of ours, signed by another.
  const headers = isSampled({ fixture })
    ? await provider.sign?.({ url, type, guid: 'guid-0001', body, now }, new Secret(fixture.secret), SAMPLED)
    : fixture.headers(body, fixture.secret, Math.floor(now / 1000), 1, url);
  const lower = Object.entries(headers ?? {}).map(([key, value]) => [key.toLowerCase(), value]);
  const sent: Sent = { method: 'POST', query: '', headers: Object.fromEntries(lower), body: body.toString('utf8') };
  return { name, provider: name, secrets: [fixture.secret], sends: [sent] };
}

async function allRows(): Promise<readonly Row[]> {
  const others = (await providersUnderTest()).filter(({ name }) => !(name in KEYS));
  const peers = Object.entries(KEYS).map(async ([name, { secrets, ...more }]): Promise<Row> => {
    const cases = PEERS.filter(({ source }) => source === name).flatMap((peer) => peer.cases);
    const bare = await Promise.all(cases.map(async ({ sign }) => sign({ secret: secrets[0], at: new Date() })));
    const signed = bare.map((sent): Sent => ({ ...sent, headers: { ...BESIDE[name], ...sent.headers } }));
    const examples = name === 'github' ? githubExamples() : [];
    return { name, provider: 'provider' in more ? more.provider : name, secrets, sends: [...signed, ...examples] };
  });
  return (await Promise.all([...peers, ...others.map(sampleOf)])).filter(({ sends }) => sends.length > 0);
}

/** An application of many addresses, one for each source, that is down at first. */
async function startApplication() {
  const arrived: Arrived[] = [];
  const refused = new Map<string, number>();
  const state = { isDown: true, look: () => {} };
  const server = createServer((request, response) => {
    void buffer(request).then((bytes) => {
      const path = request.url ?? '';
      if (state.isDown) {
        const count = (refused.get(path) ?? 0) + 1;
        refused.set(path, count);
        response.writeHead(503, { 'retry-after': count < REFUSALS ? '0' : '60' }).end();
      } else {
        const headers = Object.fromEntries(Object.entries(request.headers).map(([name, each]) => [name, String(each)]));
        const about = { method: 'POST', query: '', headers, body: bytes.toString('utf8') } as const;
        arrived.push({ ...about, source: path.slice(1), bytes, at: Date.now() });
        response.end('ok');
      }
      state.look();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    refused,
    state,
    until: (holds: () => boolean) =>
      new Promise<void>((resolve) => {
        state.look = () => holds() && resolve();
        state.look();
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const AT_ONCE = 'github-at-once';

async function told(): Promise<Story> {
  await using dir = await dataDir();
  await using application = await startApplication();
  const rows = await allRows();
  const lane = (name: string, { path = name, concurrency = 1 } = {}) => ({
    type: 'forward',
    url: `${application.url}/${path}`,
    raw: true,
    sources: [name],
    secret: KEY,
    signed_url: addressOf(name as SourceName),
    concurrency,
  });
  await configure(dir.path, {
    sources: Object.fromEntries(rows.map(({ name, provider, secrets }) => [name, { provider, secrets }])),
    destinations: {
      ...Object.fromEntries(rows.map(({ name }) => [`to-${name}`, lane(name)])),
      [AT_ONCE]: lane('github', { path: AT_ONCE, concurrency: 16 }),
    },
    // Whoever takes all gets it once.
    rules: [{ on: 'push', to: [AT_ONCE] }],
  });
  const samples = { PAYPAL_SAMPLE_SECRET: SAMPLED.sample_secret.reveal() };
  const env = { PUBLIC_URL, GITHUB_WEBHOOK_SECRET: undefined, ...samples };
  const began = Date.now();
  {
    await using receiver = await runTidings(['receive'], dir.path, env);
    await ready(receiver, 'healthz');
    await using _ = await runTidings(['work'], dir.path, env);
    await Promise.all(
      rows.map(async ({ name, sends }) => {
        for (const sent of sends) {
          const { status, text } = await sendTo(receiver.port, name, sent);
          assert.match(String(status), /^20[04]$/, `${name}: ${text}`);
        }
      }),
    );
    await application.until(() => [...rows.map(({ name }) => `/${name}`), `/${AT_ONCE}`].every(isRefused));
  }
  function isRefused(path: string): boolean {
    return (application.refused.get(path) ?? 0) >= REFUSALS;
  }
  application.state.isDown = false;
  const late = { ...env, NODE_OPTIONS: `--import ${AHEAD}`, CLOCK_AHEAD_MS: String(ELEVEN_MINUTES_MS) };
  const count = rows.reduce((sum, { name, sends }) => sum + sends.length * (name === 'github' ? 2 : 1), 0);
  {
    await using _ = await runTidings(['work'], dir.path, late);
    await application.until(() => application.arrived.length >= count);
    await using inbox = await openInbox(dir.path);
    await drained(inbox);
    const open = (await records(inbox)).flatMap(({ notifications }) =>
      notifications.filter(({ state }) => state !== 'sent'),
    );
    assert.deepEqual(open, []);
  }
  return {
    received: new Map(rows.map(({ name, sends }) => [name, sends])),
    arrived: Map.groupBy(application.arrived, ({ source }) => source),
    began,
  };
}

let story: Promise<Story> | undefined;
const whole = (): Promise<Story> => (story ??= told());

/** Its body is what was received, at the same place in the order. Of a GET it is the query. */
async function arrivedInOrder(name: string): Promise<readonly (readonly [Sent, Arrived])[]> {
  const { received, arrived } = await whole();
  const sent = received.get(name) ?? [];
  const got = arrived.get(name) ?? [];
  assert.deepEqual(
    got.map(({ bytes }) => bytes.toString('latin1')),
    sent.map(({ method, query, body }) => Buffer.from(method === 'GET' ? query : body).toString('latin1')),
  );
  return sent.map((each, no) => [each, got[no] as Arrived]);
}

function atTime(t: TestContext, now: number): void {
  t.mock.timers.reset();
  t.mock.timers.enable({ apis: ['Date'], now });
}

function isSignedByUs({ body, headers }: Arrived): boolean {
  new Webhook(KEY).verify(body, headers);
  return true;
}

for (const peer of PEERS) {
  const { source } = peer;
  test(`${source}: what is forwarded after eleven minutes of refusals is accepted there, byte for byte`, async (t) => {
    const [secret] = KEYS[source].secrets;
    const { began } = await whole();
    const pairs = await arrivedInOrder(source);
    assert(pairs.length > 0);
    for (const [sent, got] of pairs) {
      for (const [name, value] of Object.entries(BESIDE[source] ?? {})) assert.equal(got.headers[name], value);
      atTime(t, peer.isTimeInBody ? began : got.at + ELEVEN_MINUTES_MS);
      const isDigested = sent.query.includes('bodySHA256');
      const says = async () => (peer.signsAlone || isDigested ? isSignedByUs(got) : await peer.accepts(got, secret));
      assert.equal(Boolean(await says()), true, got.headers['tidings-event']);
    }
    assert(Number(pairs[0]?.[1].headers['tidings-attempt']) > REFUSALS);
  });
}

test("github: all of GitHub's 329 example payloads, sixteen at once, are accepted there, byte for byte", async () => {
  const { received, arrived } = await whole();
  const sent = received.get('github') ?? [];
  const got = arrived.get(AT_ONCE) ?? [];
  assert.deepEqual(new Set(got.map(({ body }) => body)), new Set(sent.map(({ body }) => body)));
  assert.deepEqual([sent.length, got.length], [331, 331]);
  const library = new Webhooks({ secret: KEYS.github.secrets[0] });
  for (const { bytes, headers } of got) {
    assert.equal(await library.verify(bytes.toString('utf8'), headers['x-hub-signature-256'] ?? ''), true);
  }
});

for (const { name, provider, fixture } of await providersUnderTest()) {
  if (name in KEYS) continue;
  test(`${name}: what is forwarded after eleven minutes of refusals is accepted by a source like ours`, async () => {
    const secrets = [new Secret(fixture.secret)];
    const source = await provider.source({ name, secrets, settings: fixture.settings ?? {} });
    for (const [, got] of await arrivedInOrder(name)) {
      if (isSampled({ fixture })) {
        assert.match(got.headers['webhook-signature'] ?? '', /^v1,/);
        continue;
      }
      const { headers, bytes: body, at } = got;
      const request = { method: 'POST', url: addressOf(name as SourceName), headers, body };
      const found = await source.receive({ ...request, now: at + ELEVEN_MINUTES_MS });
      assert.equal(found.kind, 'event', JSON.stringify(found));
    }
  });
}
