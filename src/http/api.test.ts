import assert from 'node:assert/strict';
import { test } from 'node:test';
import { archive, asking, SUMMARY } from '../../tests/support/asked-api.ts';
import type { EventFilter } from '../model/inbox/records.ts';
import { InboxUnavailableError } from '../model/inbox.ts';

const FAR = '203.0.113.9';

test('healthz answers everybody and touches nothing', async () => {
  const hang = () => new Promise<never>(() => undefined);
  const ask = asking({ archive: archive({ check: hang }), adminToken: () => null });
  const answer = await ask('/healthz', { host: 'hooks.example.com' }, FAR);
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.json, { status: 'ok' });
});

test('beyond loopback nothing else answers without the admin token, not even that a path does not exist', async () => {
  const ask = asking();
  for (const path of [
    '/',
    '/readyz',
    '/metrics',
    '/api/v1/sources',
    '/api/v1/events',
    '/api/v1/events/7',
    '/nothing',
  ]) {
    const answer = await ask(path, {}, FAR);
    assert.equal(answer.status, 401, path);
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
  }
});

test('with a public address even loopback needs the token, for everything but healthz', async () => {
  const ask = asking({ publicUrl: 'https://hooks.example.com' });
  for (const path of ['/', '/readyz', '/metrics', '/api/v1/sources', '/api/v1/events', '/nothing']) {
    const answer = await ask(path);
    assert.equal(answer.status, 401, path);
    assert.match(answer.text, /With PUBLIC_URL set, only .* are open without the admin token/);
  }
  assert.equal((await ask('/healthz')).status, 200);
  assert.equal((await ask('/metrics', { authorization: 'Bearer let-me-in' })).status, 200);
});

test('the admin token opens it from anywhere, any other does not', async () => {
  const ask = asking();
  assert.equal((await ask('/readyz', { authorization: 'Bearer let-me-in' }, FAR)).status, 200);
  for (const authorization of ['Bearer let-me-im', 'Bearer ', 'Basic let-me-in', 'let-me-in', 'Bearer [secret]']) {
    assert.equal((await ask('/readyz', { authorization }, FAR)).status, 401, authorization);
  }
});

test('without a configured token no token opens it', async () => {
  const ask = asking({ adminToken: () => null });
  assert.equal((await ask('/readyz', { authorization: 'Bearer null' }, FAR)).status, 401);
  assert.equal((await ask('/readyz', { authorization: 'Bearer ' }, FAR)).status, 401);
});

test('a token that cannot be made keeps nobody at this machine from hearing what is wrong', async () => {
  const full = () => {
    throw new Error('the disk is full');
  };
  const ask = asking({ adminToken: full, archive: archive({ check: async () => full() }) });
  const answer = await ask('/readyz');
  assert.equal(answer.status, 503);
  assert.match(answer.text, /the disk is full/);
});

test('metrics are in the format of Prometheus', async () => {
  const answer = await asking()('/metrics');
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0.0.4/);
  assert.equal(answer.text, 'tidings_x 1\n');
});

test('events are listed with the names the command line uses', async () => {
  const answer = await asking()('/api/v1/events');
  assert.deepEqual(answer.json, {
    events: [
      {
        id: 7,
        source: 'github',
        type: 'star',
        action: 'created',
        delivery_id: 'hook/guid',
        repo: 'acme/api',
        actor: 'mona',
        about: '#12 Uploads fail on Safari',
        state: 'skipped',
        reason: 'no rule',
        fates: { told: 0, waiting: 0, held: 0, unknown: 0, dead: 0 },
        destinations: [],
        received_at: '2030-01-01T00:00:00.000Z',
      },
    ],
    next: null,
  });
});

test('a page says where the next one begins, if there is one', async () => {
  const stored = [9, 8, 7, 6].map((id) => ({ ...SUMMARY, id }));
  const list = async ({ before = 10, limit }: EventFilter) => stored.filter(({ id }) => id < before).slice(0, limit);
  const ask = asking({ archive: archive({ list }) });
  const pages = await Promise.all(
    ['limit=2', 'limit=2&before=8', 'limit=4', 'limit=2&before=6'].map((query) => ask(`/api/v1/events?${query}`)),
  );
  const shown = pages.map(({ json }) => json as { events: { id: number }[]; next: number | null });
  assert.deepEqual(
    shown.map(({ events, next }) => [...events.map(({ id }) => id), next]),
    [[9, 8, 8], [7, 6, null], [9, 8, 7, 6, null], [null]],
  );
});

test('filters reach the archive as they were meant', async () => {
  const asked: EventFilter[] = [];
  const ask = asking({ archive: archive({ list: async (filter) => (asked.push(filter), []) }) });
  await ask('/api/v1/events?state=failed&type=push&repo=acme/api&since=2030-01-01T00:00:00Z&limit=5');
  await ask('/api/v1/events?since=1000');
  await ask('/api/v1/events?state=dead');
  await ask('/api/v1/events?type=pull_request.merged');
  await ask('/api/v1/events?source=github&actor=mona&text=flaky+login&before=42');
  await ask('/api/v1/events?to=team&until=2000&after=0');
  const since = Date.UTC(2030, 0, 1);
  assert.deepEqual(asked, [
    { state: 'failed', kind: 'push', repo: 'acme/api', since, limit: 6 },
    { since: 1_000, limit: 51 },
    { state: 'dead', limit: 51 },
    { kind: 'pull_request.merged', limit: 51 },
    { source: 'github', actor: 'mona', text: 'flaky login', before: 42, limit: 51 },
    { to: 'team', until: 2_000, after: 0, limit: 51 },
  ]);
});

test('a filter that is not understood is 400 and names it', async () => {
  const ask = asking();
  for (const query of [
    'stat=failed',
    'state=lost',
    'limit=0',
    'limit=x',
    'limit=9999',
    'since=yesterday',
    'text=',
    'before=x',
    'after=-1',
    'until=1e400',
    'since=99999999999999999',
  ]) {
    const answer = await ask(`/api/v1/events?${query}`);
    assert.equal(answer.status, 400, query);
    assert.match(answer.text, new RegExp(query.split('=')[0] ?? ''));
  }
});

test('one event shows its body as it was received', async () => {
  const answer = await asking()('/api/v1/events/7');
  assert.equal(answer.status, 200);
  const record = answer.json as Record<string, unknown>;
  assert.equal(record['body'], '{"a":"ä"}');
  assert.equal(record['body_digest'], 'ab');
  assert.equal(record['expanded_at'], null);
});

test('an event that is not there, and ids that are none, are 404 as JSON', async () => {
  const ask = asking();
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
  const down = asking({ archive: archive({ list: () => Promise.reject(new InboxUnavailableError('/secret/path')) }) });
  const bug = asking({ archive: archive({ list: () => Promise.reject(new TypeError('/secret/path')) }) });
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
  const answer = await asking()('/');
  assert.equal(answer.status, 200);
  assert.match(answer.text, /Tidings 1\.2\.3/);
  assert.match(answer.text, /POST http:\/\/localhost:3000\/webhooks\/github/);
  const published = await asking({ publicUrl: 'https://hooks.example.com' })('/', {
    authorization: 'Bearer let-me-in',
  });
  assert.match(published.text, /POST https:\/\/hooks\.example\.com\/webhooks\/github/);
});

test('nothing is cached and no content type is guessed', async () => {
  const answer = await asking()('/api/v1/events');
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
});

test('it says for which sources webhooks are taken, and since when', async () => {
  const answer = await asking()('/api/v1/sources');
  const { started_at: startedAt, sources } = JSON.parse(answer.text);
  assert.deepEqual(sources, [{ name: 'github' }]);
  assert.ok(Number.isInteger(Date.parse(startedAt)));
});
