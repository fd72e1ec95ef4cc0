import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Redis } from 'ioredis';
import { OPENING } from '../../../tests/conformance/destination.ts';
import { aNotification, anActivity } from '../../../tests/fixtures/activities.ts';
import { FULL, tried } from '../../../tests/support/long-form.ts';
import { lacksServer, startServer } from '../../../tests/support/real-server.ts';
import type { Outcome } from '../../model/destination.ts';
import { Secret } from '../../shared/secret.ts';
import { channel } from './channel.ts';
import { check } from './connect/check.ts';
import type { RedisSettings } from './settings.ts';

const skip = lacksServer('redis-server');

const settingsFor = (url: string, more: Partial<RedisSettings> = {}) => ({
  url: new Secret(url),
  stream: 'tidings',
  max_length: 100_000,
  concurrency: 8,
  timeout_ms: 10_000,
  ...more,
});

async function open(url: string, more: Partial<RedisSettings> = {}) {
  const destination = await channel.open({ ...OPENING, settings: settingsFor(url, more) });
  const send = (id = 1): Promise<Outcome> => {
    const notification = { ...aNotification(anActivity(), id), receivedAt: OPENING.clock.now() };
    const context = { signal: new AbortController().signal, earlier: null };
    return destination.send({ kind: 'single', notification }, context);
  };
  return { send, [Symbol.asyncDispose]: () => destination[Symbol.asyncDispose]() };
}

async function said(url: string, more: Partial<RedisSettings> = {}, id = 1): Promise<string> {
  await using to = await open(url, more);
  const outcome = await to.send(id);
  return [outcome.kind, 'reason' in outcome ? outcome.reason : outcome.answer].join(' ');
}

test('a real Redis: what it says no with, and what doctor says of it', { skip }, async () => {
  await using server = await startServer('redis-server');
  const url = `redis://127.0.0.1:${server.port}`;
  const asking = { ...OPENING, signal: new AbortController().signal, version: '1', env: {}, invocation: 'tidings' };
  const doctor = async (stream = 'tidings') =>
    (await check('team', settingsFor(url, { stream }), asking))
      .map(({ status, detail }) => `${status} ${detail}`)
      .join('\n');
  const redis = new Redis(url);
  await using stack = new AsyncDisposableStack();
  stack.defer(() => redis.disconnect());

  assert.match(await said(url), /^sent tidings \d+-\d+$/);
  assert.match(await said(url), /^sent tidings \d+-\d+, was there already$/);
  assert.match(await said(url, { stream: '{acme}:events' }), /^sent/);
  assert.equal(await redis.xlen('tidings'), 1);
  const [seen = ''] = await redis.keys('{tidings}:seen:ntf_*');
  assert.ok((await redis.ttl(seen)) > 6 * 24 * 3_600);
  assert.equal((await redis.keys('{acme}:events:seen:*')).length, 1);
  await using small = await open(url, { stream: 'small', max_length: 10 });
  for (let id = 1; id <= 220; id++) assert.equal((await small.send(id)).kind, 'sent');
  const kept = await redis.xlen('small');
  assert.ok(kept >= 10 && kept < 200, `${kept} of about 10 are kept`);

  assert.match(await doctor(), /^ok stream tidings at Redis at 127\.0\.0\.1:\d+ can be reached; nothing was added$/);
  await redis.set('text', 'text');
  assert.match(await said(url, { stream: 'text' }), /^broken .*WRONGTYPE/);
  assert.match(await doctor('text'), /^fail at text .* has a string/);
  await redis.config('SET', 'appendonly', 'no');
  await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
  assert.match(await doctor(), /^ok .*\nwarn .*allkeys-lru.*\nwarn .*lost when it is killed/);
  await redis.config('SET', 'maxmemory-policy', 'noeviction');
  await redis.config('SET', 'maxmemory', '1');
  assert.match(await said(url, {}, 2), /^retry .*OOM/);
  await redis.config('SET', 'maxmemory', '0');
  assert.match(await said(`${url}/99`), /^broken .*DB index is out of range/);
  await redis.call(
    'ACL',
    'SETUSER',
    'writer',
    'on',
    '>pw',
    '~tidings',
    '~{tidings}:seen:*',
    '+eval',
    '+xadd',
    '+get',
    '+set',
    '+hello',
  );
  assert.match(await said(url.replace('//', '//writer:pw@'), {}, 3), /^sent/);
  assert.match(await said(url.replace('//', '//writer:pw@'), { stream: 'other' }), /^broken .*NOPERM/);
  assert.match(await said(url.replace('//', '//writer:wrong@')), /^broken .*WRONGPASS/);
  await redis.call('ACL', 'SETUSER', 'default', '>secret');
  assert.match(await said(url), /^broken .*NOAUTH/);
});

const KILLS = FULL ? 10 : 1;
const EACH = FULL ? 500 : 200;

test('a real Redis killed in mid-load: none is lost, and none stands there twice', { skip }, async (t: TestContext) => {
  await using server = await startServer('redis-server');
  const url = `redis://127.0.0.1:${server.port}`;
  await using to = await open(url);
  const next = Array.from({ length: KILLS * EACH }, (_, n) => n + 1).values();
  let restarting: Promise<void> = Promise.resolve();
  let unknown = 0;
  const sending = Array.from({ length: 8 }, async () => {
    for (const id of next) {
      if (id % EACH === EACH / 2) restarting = server.kill().then(() => server.start());
      for (let outcome = await to.send(id); outcome.kind !== 'sent'; outcome = await to.send(id)) {
        assert.match(outcome.kind, /^(?:retry|unknown)$/, JSON.stringify(outcome));
        if (outcome.kind === 'unknown') unknown++;
        await restarting;
      }
    }
  });
  await Promise.all(sending);
  const redis = new Redis(url);
  const entries = await redis.xrange('tidings', '-', '+');
  redis.disconnect();
  const ids = new Set(entries.map(([, fields]) => fields[fields.indexOf('id') + 1]));
  assert.deepEqual([entries.length, ids.size], [KILLS * EACH, KILLS * EACH]);
  t.diagnostic(`${unknown} answers were lost`);
  tried(t, KILLS, 'kills of a Redis');
});
