import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OPENING } from '../../../tests/conformance/destination.ts';
import { REDIS_PASSWORD, startRedisDouble } from '../../../tests/doubles/redis-double.ts';
import { startSilent } from '../../../tests/doubles/silent-double.ts';
import { aNotification, anActivity } from '../../../tests/fixtures/activities.ts';
import { dataDir } from '../../../tests/support/data-dir.ts';
import { inProcess } from '../../../tests/support/in-process.ts';
import type { Notification } from '../../model/notification.ts';
import { Secret } from '../../shared/secret.ts';
import { impossible } from './answer.ts';
import { channel } from './channel.ts';
import { loadClient } from './client.ts';
import { redisDestination } from './library.ts';
import type { RedisSettings } from './settings.ts';
import { accessOf, addressProblem, placeOf, streamProblem } from './shapes.ts';

async function open(url: string, more: Partial<RedisSettings> = {}) {
  const usual = { stream: 'tidings', max_length: 100_000, concurrency: 1, timeout_ms: 10_000 };
  const destination = await channel.open({ ...OPENING, settings: { url: new Secret(url), ...usual, ...more } });
  const send = async (id = 1, changes: Partial<Notification> = {}): Promise<string> => {
    const notification = { ...aNotification(anActivity(), id), receivedAt: OPENING.clock.now(), ...changes };
    const context = { signal: new AbortController().signal, earlier: null };
    const outcome = await destination.send({ kind: 'single', notification }, context);
    return [outcome.kind, 'reason' in outcome ? outcome.reason : outcome.answer].join(' ');
  };
  return { send, [Symbol.asyncDispose]: () => destination[Symbol.asyncDispose]() };
}

test('an entry that may be there is added again under its key, and stands there once; a replay has another', async () => {
  await using server = await startRedisDouble();
  await using to = await open(server.url);
  server.plan('lost');
  assert.match(await to.send(1), /^unknown Redis at 127\.0\.0\.1:\d+ may have it: Connection is closed$/);
  assert.equal(await to.send(1), 'sent tidings 1-0, was there already');
  assert.equal(await to.send(2, { isReplay: true }), 'sent tidings 2-0');
  const [fields] = server.entries;
  assert.deepEqual(
    ['kind', 'source', 'repo'].map((name) => fields?.get(name)),
    ['issues.opened', 'github', 'acme/api'],
  );
  assert.deepEqual(server.violations, []);
});

test('what waits is held while something else is at the key', async () => {
  await using server = await startRedisDouble();
  await using to = await open(server.url);
  server.plan('wrong type');
  assert.match(await to.send(), /^broken .*WRONGTYPE .*; name another stream/);
});

test('what answers otherwise has not told that it is there', async () => {
  await using server = await startRedisDouble();
  await using to = await open(server.url);
  server.plan('stranger');
  assert.match(await to.send(), /^unknown .*something else than an id/);
});

test('where it is no longer needed, as at a reload, its connection is closed', async () => {
  await using server = await startRedisDouble();
  const to = await open(server.url);
  assert.match(await to.send(), /^sent/);
  const left = server.left();
  await to[Symbol.asyncDispose]();
  await left;
  assert.match(await to.send(2), /^retry /);
});

test('a server that takes it and says nothing is asked anew over another connection', async () => {
  await using server = await startRedisDouble();
  await using to = await open(server.url, { timeout_ms: 100 });
  server.plan('stuck');
  assert.match(await to.send(), /^unknown .*no answer within 0\.1 s/);
  assert.match(await to.send(), /^sent .*was there already/);
});

test('a server that takes the connection and says nothing has nothing, and holds up nobody', async () => {
  await using silent = await startSilent();
  await using to = await open(`redis://u:p@${silent.host}`, { timeout_ms: 100 });
  assert.match(await to.send(), /^retry Redis at .* cannot be reached: no answer within 0\.1 s/);
  assert.equal((await to.send()).split(' ')[0], 'retry');
});

test('a wrong password is for somebody to mend, and none is too', async () => {
  await using server = await startRedisDouble();
  await using wrong = await open(server.url.replace(REDIS_PASSWORD, 'wrong'));
  assert.match(await wrong.send(), /^broken .*WRONGPASS .*; set the user and password in url right/);
});

const ANSWERS: readonly (readonly [message: string, says: RegExp])[] = [
  [
    "OOM command not allowed when used memory > 'maxmemory'. script: a1, on @user_script:3.",
    /^retry .*did not take it/,
  ],
  ['LOADING Redis is loading the dataset in memory', /^retry /],
  ["READONLY You can't write against a read only replica.", /^retry /],
  ["MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", /^retry /],
  ['CLUSTERDOWN The cluster is down', /^retry /],
  ['MISCONF Redis is configured to save RDB snapshots', /^retry /],
  ['ERR max number of clients reached', /^retry /],
  [
    "ERR Error running script (call to f_a1): @user_script:4: -OOM command not allowed when used memory > 'maxmemory'.",
    /^retry /,
  ],
  [
    'ERR Error running script (call to f_a1): @user_script:4: WRONGTYPE Operation against a key',
    /^broken .*another stream/,
  ],
  ["NOPERM User tidings has no permissions to run the 'xadd' command", /^broken .*ACL SETUSER/],
  ['NOAUTH Authentication required.', /^broken .*password in url/],
  ['WRONGPASS invalid username-password pair', /^broken .*password in url right/],
  ['ERR invalid password', /^broken .*password in url right/],
  ['ERR DB index is out of range', /^broken .*number of the database/],
  ["ERR unknown command 'XADD'", /^broken .*Redis 5/],
  ['MOVED 3999 127.0.0.1:6381', /^broken .*the node that it names/],
  ['ERR string exceeds maximum allowed size (512MB)', /^rejected .*raise that limit/],
];

for (const [message, says] of ANSWERS) {
  test(`${message} is ${says}`, () => {
    const error = Object.assign(new Error(message), { name: 'ReplyError' });
    const asked = { place: 'Redis at r', stream: 'tidings', timeoutMs: null };
    const { kind, reason } = impossible({ kind: 'failed', error, hasLeft: true }, asked);
    assert.match(`${kind} ${reason}`, says);
  });
}

test('what is no address and no key is told, and an address shows no login', () => {
  for (const good of ['redis://h', 'rediss://u:p@h:1/2', 'redis://:p@h', 'redis://[::1]:6379/'])
    assert.equal(addressProblem(good), undefined, good);
  for (const bad of ['h:6379', 'http://h', 'redis://', 'redis:///1', 'redis://h/x', 'redis://h?tls=1', 'redis://a b'])
    assert.match(addressProblem(bad) ?? '', /^must be/, bad);
  assert.equal(placeOf('rediss://u:p@h/2'), 'Redis at h:6379/2');
  assert.equal(placeOf('redis://:p@[::1]'), 'Redis at [::1]:6379');
  assert.deepEqual(accessOf('rediss://:p%40q@h:1'), { host: 'h', port: 1, db: 0, password: 'p@q', tls: {} });
  for (const bad of ['a b', 'ä', 'a'.repeat(201)]) assert.match(streamProblem(bad) ?? '', /^must/);
});

test("for a program of one's own it needs an address alone", async () => {
  await using server = await startRedisDouble();
  await using own = redisDestination({ name: 'events', url: server.url });
  const notification = { ...aNotification(anActivity()), receivedAt: OPENING.clock.now() };
  const context = { signal: new AbortController().signal, earlier: null };
  assert.equal((await own.send({ kind: 'single', notification }, context)).kind, 'sent');
  assert.throws(
    () => redisDestination({ name: 'events', url: 'redis' }),
    /^Error: redisDestination: url must be redis:/,
  );
  assert.throws(() => redisDestination({ name: 'events', url: server.url, stream: 'a b' }), /: stream must be without/);
});

test('without the client it is said what to type', async () => {
  await using dir = await dataDir();
  assert.throws(() => loadClient([dir.path]), /The client for Redis is not installed\. Type: npm install ioredis$/);
});

test('connect looks, warns of what Redis may forget, adds a hello, and shows no password', async () => {
  await using dir = await dataDir();
  await using server = await startRedisDouble();
  const made = await inProcess(['connect', 'redis', '--stream', 'activity'], dir.path, { REDIS_URL: server.url });
  assert.equal(made.code, 0, made.stderr);
  assert.match(made.stderr, /found {2}stream activity at Redis at 127\.0\.0\.1:\d+\n/);
  assert.match(made.stderr, /Warning: .*allkeys-lru[\s\S]*Warning: .*appendonly yes/);
  assert.match(made.stderr, /\{ type: redis, url: "\$\{REDIS_URL\}", stream: "activity" \}/);
  assert.ok(!(made.stdout + made.stderr).includes(REDIS_PASSWORD));
  assert.equal(server.entries[0]?.get('kind'), 'hello');
});
