import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Archive, LaneHead } from '../model/inbox/archive.ts';
import type { EventFilter, EventRecord, EventSummary } from '../model/inbox/records.ts';
import { InboxUnavailableError } from '../model/inbox.ts';
import { systemClock } from '../shared/clock.ts';
import { createLog } from '../shared/log.ts';
import { Secret } from '../shared/secret.ts';
import { type ApiDeps, createApi } from './api.ts';

const SUMMARY: EventSummary = {
  id: 7,
  source: 'github',
  type: 'star',
  action: 'created',
  deliveryId: 'hook/guid',
  origin: 'webhook',
  repo: 'acme/api',
  state: 'skipped',
  reason: 'no rule',
  fates: [],
  receivedAt: Date.UTC(2030, 0, 1),
};
const RECORD: EventRecord = {
  ...SUMMARY,
  guid: 'guid',
  headers: { 'x-github-event': 'star' },
  body: Buffer.from('{"a":"ä"}'),
  bodyDigest: 'ab',
  storedAt: Date.UTC(2030, 0, 1),
  expandedAt: null,
  secretNo: 1,
  replays: 0,
  suspectOf: null,
  settlesAt: null,
  trace: null,
  notifications: [],
};

function archive(over: Partial<Archive> = {}): Archive {
  return {
    list: async () => [SUMMARY],
    show: async (id) => (id === 7 ? RECORD : null),
    known: async () => new Set(),
    replay: () => Promise.reject(new Error('the API reads only')),
    depths: async () => [],
    heads: async () => [],
    untold: async () => [],
    check: async () => ({ engine: 'sqlite', schemaVersion: 3, lastEventId: 12 }),
    ...over,
  };
}

/** Asks as somebody at this machine does, unless told otherwise. */
function bench(over: Partial<ApiDeps> = {}) {
  const app = createApi({
    archive: archive(),
    metrics: { text: async () => ({ contentType: 'text/plain; version=0.0.4', body: 'tidings_x 1\n' }) },
    adminToken: () => new Secret('let me in'.replaceAll(' ', '-')),
    worker: () => null,
    schemaVersion: 3,
    configuration: () => '3 rules, loaded 2030-01-01T00:00:00.000Z',
    access: () => 'open to this machine',
    version: '1.2.3',
    invocation: 'tidings',
    sources: ['github'],
    publicUrl: null,
    loopbackOpen: true,
    clock: systemClock,
    log: createLog('silent'),
    ...over,
  });
  return async (path: string, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') => {
    const incoming = { socket: { remoteAddress }, headers: { host: 'localhost:3000', ...headers } };
    const response = await app.request(`http://localhost:3000${path}`, { headers }, { incoming });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const FAR = '203.0.113.9';

test('healthz answers everybody and touches nothing', async () => {
  const hang = () => new Promise<never>(() => undefined);
  const ask = bench({ archive: archive({ check: hang }), adminToken: () => null });
  const answer = await ask('/healthz', { host: 'hooks.example.com' }, FAR);
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.json, { status: 'ok' });
});

test('beyond loopback nothing else answers without the admin token, not even that a path does not exist', async () => {
  const ask = bench();
  for (const path of ['/', '/readyz', '/metrics', '/api/v1/events', '/api/v1/events/7', '/nothing']) {
    const answer = await ask(path, {}, FAR);
    assert.equal(answer.status, 401, path);
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
  }
});

test('with a public address even loopback needs the token, for everything but healthz', async () => {
  const ask = bench({ publicUrl: 'https://hooks.example.com' });
  for (const path of ['/', '/readyz', '/metrics', '/api/v1/events', '/nothing']) {
    const answer = await ask(path);
    assert.equal(answer.status, 401, path);
    assert.match(answer.text, /With PUBLIC_URL set, only .* are open without the admin token/);
  }
  assert.equal((await ask('/healthz')).status, 200);
  assert.equal((await ask('/metrics', { authorization: 'Bearer let-me-in' })).status, 200);
});

test('the admin token opens it from anywhere, any other does not', async () => {
  const ask = bench();
  assert.equal((await ask('/readyz', { authorization: 'Bearer let-me-in' }, FAR)).status, 200);
  for (const authorization of ['Bearer let-me-im', 'Bearer ', 'Basic let-me-in', 'let-me-in', 'Bearer [secret]']) {
    assert.equal((await ask('/readyz', { authorization }, FAR)).status, 401, authorization);
  }
});

test('without a configured token no token opens it', async () => {
  const ask = bench({ adminToken: () => null });
  assert.equal((await ask('/readyz', { authorization: 'Bearer null' }, FAR)).status, 401);
  assert.equal((await ask('/readyz', { authorization: 'Bearer ' }, FAR)).status, 401);
});

test('a token that cannot be made keeps nobody at this machine from hearing what is wrong', async () => {
  const full = () => {
    throw new Error('the disk is full');
  };
  const ask = bench({ adminToken: full, archive: archive({ check: async () => full() }) });
  const answer = await ask('/readyz');
  assert.equal(answer.status, 503);
  assert.match(answer.text, /the disk is full/);
});

test('readyz is ready with the details of each check', async () => {
  const worker = () => ({ running: true, lastBeatAt: systemClock.now(), owner: 'me' });
  const answer = await bench({ worker })('/readyz');
  assert.equal(answer.status, 200);
  assert.match(answer.text, /"status":"ready".*sqlite, last event 12.*schema version 3.*last heartbeat 0\.\d s ago/);
  assert.match(answer.text, /"configuration":\{"ok":true,"detail":"3 rules, loaded 2030-01-01T00:00:00\.000Z"\}/);
});

test('readyz stays ready, and says so, when changed settings cannot be used', async () => {
  const answer = await bench({ configuration: () => 'tidings.yaml changed and cannot be used' })('/readyz');
  assert.equal(answer.status, 200);
  assert.match(answer.text, /"status":"ready".*tidings\.yaml changed and cannot be used/);
});

test('readyz is 503 for each thing that is not right, and says which', async () => {
  const now = systemClock.now();
  const broken: readonly [Partial<ApiDeps>, RegExp][] = [
    [
      { archive: archive({ check: () => Promise.reject(new InboxUnavailableError('the disk is full')) }) },
      /disk is full/,
    ],
    [{ schemaVersion: 4 }, /schema version 3, this program needs 4/],
    [{ worker: () => ({ running: false, lastBeatAt: now, owner: 'me' }) }, /stopped/],
    [{ worker: () => ({ running: true, lastBeatAt: null, owner: 'me' }) }, /starting/],
    [{ worker: () => ({ running: true, lastBeatAt: now - 20_000, owner: 'me' }) }, /last heartbeat 20\.0 s ago/],
  ];
  for (const [deps, detail] of broken) {
    const answer = await bench(deps)('/readyz');
    assert.equal(answer.status, 503, answer.text);
    assert.match(answer.text, detail);
  }
});

const HEAD: LaneHead = { lane: 'team', eventId: 42, receivedAt: 0, owner: 'me', notBefore: 0 };

/** `/readyz` at time after time, in ms, of a process whose worker is called `me`. */
async function looks(times: readonly number[], headAt: (at: number) => LaneHead) {
  let at = 0;
  const clock = { ...systemClock, now: () => at, monotonic: () => at };
  const ask = bench({
    clock,
    archive: archive({ heads: async () => [headAt(at)] }),
    worker: () => ({ running: true, lastBeatAt: at, owner: 'me' }),
  });
  const answers: { status: number; lanes: { ok: boolean; detail: string } }[] = [];
  for (at of times) {
    const { status, json } = await ask('/readyz');
    answers.push({ status, lanes: (json as { checks: { lanes: { ok: boolean; detail: string } } }).checks.lanes });
  }
  return answers;
}

test('readyz is 503 when nothing moved for two minutes in a lane that this process holds', async () => {
  const [first, still, stuck] = await looks([0, 119_000, 120_000], () => HEAD);
  assert.deepEqual([first?.status, still?.status, stuck?.status], [200, 200, 503]);
  assert.equal(first?.lanes.detail, 'none is stuck');
  assert.equal(stuck?.lanes.detail, 'team: event 42 has waited 2 min, and nothing moves, though me holds the lane');
});

test('readyz stays ready while a lane moves, pauses, is another process’s or nobody’s; of the last two it tells', async () => {
  const times = [0, 60_000, 120_000, 180_000];
  const last = async (headAt: (at: number) => LaneHead) => (await looks(times, headAt)).at(-1);
  const ok = { status: 200, lanes: { ok: true, detail: 'none is stuck' } };
  assert.deepEqual(await last((at) => ({ ...HEAD, eventId: at })), ok);
  assert.deepEqual(await last((at) => ({ ...HEAD, notBefore: at === 120_000 ? 130_000 : 0 })), ok);
  // Tried again and again: each attempt that ends leaves the pause behind it.
  assert.deepEqual(await last((at) => ({ ...HEAD, notBefore: at - 1 })), ok);
  assert.deepEqual(await last(() => ({ ...HEAD, eventId: null, receivedAt: null })), ok);
  const theirs = await last(() => ({ ...HEAD, owner: 'somebody' }));
  assert.match(`${theirs?.status} ${theirs?.lanes.detail}`, /^200 team: event 42 .* somebody holds the lane$/);
  const nobodys = await last(() => ({ ...HEAD, owner: null }));
  assert.match(`${nobodys?.status} ${nobodys?.lanes.detail}`, /^200 team: event 42 has waited 3 min, and no worker/);
});

test('a lane paused until a time that no pause reaches is not paused: a clock that ran ahead said so', async () => {
  const answers = await looks([0, 120_000], () => ({ ...HEAD, notBefore: 86_400_000 }));
  assert.equal(answers.at(-1)?.status, 503);
});

test('readyz says what nobody got, with the command that tells it again, and stays ready', async () => {
  const untold = async () => [
    { destination: 'team', fate: 'dead', count: 1 } as const,
    { destination: 'audit', fate: 'unknown', count: 1_000 } as const,
  ];
  const answer = await bench({ archive: archive({ untold }) })('/readyz');
  assert.equal(answer.status, 200);
  assert.deepEqual((answer.json as { checks: Record<string, unknown> }).checks['messages'], {
    ok: true,
    detail:
      '1 message was given up: 1 to team (to send again: tidings replay --state dead); 1,000 or more messages may not have arrived, the answer was lost: 1000 to audit (to send again: tidings replay --state unknown)',
  });
});

test('readyz does not wait for a database that hangs', async () => {
  const clock = { ...systemClock, after: (_ms: number, fire: () => void) => (setImmediate(fire), () => undefined) };
  const answer = await bench({ clock, archive: archive({ check: () => new Promise(() => undefined) }) })('/readyz');
  assert.equal(answer.status, 503);
  assert.match(answer.text, /no answer within 2 s/);
});

test('metrics are in the format of Prometheus', async () => {
  const answer = await bench()('/metrics');
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0.0.4/);
  assert.equal(answer.text, 'tidings_x 1\n');
});

test('events are listed with the names the command line uses', async () => {
  const answer = await bench()('/api/v1/events');
  assert.deepEqual(answer.json, {
    events: [
      {
        id: 7,
        source: 'github',
        type: 'star',
        action: 'created',
        delivery_id: 'hook/guid',
        repo: 'acme/api',
        state: 'skipped',
        reason: 'no rule',
        fates: { told: 0, waiting: 0, held: 0, unknown: 0, dead: 0 },
        received_at: '2030-01-01T00:00:00.000Z',
      },
    ],
  });
});

test('filters reach the archive as they were meant', async () => {
  const asked: EventFilter[] = [];
  const ask = bench({ archive: archive({ list: async (filter) => (asked.push(filter), []) }) });
  await ask('/api/v1/events?state=failed&type=push&repo=acme/api&since=2030-01-01T00:00:00Z&limit=5');
  await ask('/api/v1/events?since=1000');
  await ask('/api/v1/events?state=dead');
  await ask('/api/v1/events?type=pull_request.merged');
  const since = Date.UTC(2030, 0, 1);
  assert.deepEqual(asked, [
    { state: 'failed', kind: 'push', repo: 'acme/api', since, limit: 5 },
    { since: 1_000, limit: 50 },
    { state: 'dead', limit: 50 },
    { kind: 'pull_request.merged', limit: 50 },
  ]);
});

test('a filter that is not understood is 400 and names it', async () => {
  const ask = bench();
  for (const query of ['stat=failed', 'state=lost', 'limit=0', 'limit=x', 'limit=9999', 'since=yesterday']) {
    const answer = await ask(`/api/v1/events?${query}`);
    assert.equal(answer.status, 400, query);
    assert.match(answer.text, new RegExp(query.split('=')[0] ?? ''));
  }
});

test('one event shows its body as it was received', async () => {
  const answer = await bench()('/api/v1/events/7');
  assert.equal(answer.status, 200);
  const record = answer.json as Record<string, unknown>;
  assert.equal(record['body'], '{"a":"ä"}');
  assert.equal(record['body_digest'], 'ab');
  assert.equal(record['expanded_at'], null);
});

test('an event that is not there, and ids that are none, are 404 as JSON', async () => {
  const ask = bench();
  for (const path of [
    '/api/v1/events/8',
    '/api/v1/events/x',
    '/api/v1/events/-1',
    '/api/v1/events/1e9',
    '/elsewhere',
  ]) {
    const answer = await ask(path);
    assert.equal(answer.status, 404, path);
    assert.match(answer.text, /"code":"not_found"/);
  }
});

test('a database that does not answer is 503, a bug is 500, and neither shows its insides', async () => {
  const down = bench({ archive: archive({ list: () => Promise.reject(new InboxUnavailableError('/secret/path')) }) });
  const bug = bench({ archive: archive({ list: () => Promise.reject(new TypeError('/secret/path')) }) });
  for (const [ask, status] of [
    [down, 503],
    [bug, 500],
  ] as const) {
    const answer = await ask('/api/v1/events');
    assert.equal(answer.status, status);
    assert.doesNotMatch(answer.text, /secret/);
  }
});

test('the front page says what this is and where webhooks go', async () => {
  const answer = await bench()('/');
  assert.equal(answer.status, 200);
  assert.match(answer.text, /Tidings 1\.2\.3/);
  assert.match(answer.text, /POST http:\/\/localhost:3000\/webhooks\/github/);
  const published = await bench({ publicUrl: 'https://hooks.example.com' })('/', {
    authorization: 'Bearer let-me-in',
  });
  assert.match(published.text, /POST https:\/\/hooks\.example\.com\/webhooks\/github/);
});

test('nothing is cached and no content type is guessed', async () => {
  const answer = await bench()('/api/v1/events');
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
});
