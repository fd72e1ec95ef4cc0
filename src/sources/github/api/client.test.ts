import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startGithubDouble } from '../../../../tests/doubles/github-double.ts';
import type { Clock } from '../../../shared/clock.ts';
import { Secret } from '../../../shared/secret.ts';
import { createCalls, GithubError, limitedFor } from './client.ts';
import { onePerSecond } from './write-pace.ts';

/** Waits are noted and over at once. */
function hastyClock(): { readonly clock: Clock; readonly waits: number[] } {
  const waits: number[] = [];
  let now = Date.parse('2026-11-24T03:00:00Z');
  return {
    waits,
    clock: {
      now: () => now,
      monotonic: () => now,
      after: (ms, fire) => {
        waits.push(ms);
        now += ms;
        const soon = setImmediate(fire);
        return () => clearImmediate(soon);
      },
    },
  };
}

async function world() {
  const github = await startGithubDouble({ token: 'a-token' });
  github.resource('/repos/acme/api', { id: 1 });
  const { clock, waits } = hastyClock();
  const calls = createCalls({ apiUrl: github.url, token: new Secret('a-token'), version: '0', clock });
  return { github, calls, clock, waits, [Symbol.asyncDispose]: () => github[Symbol.asyncDispose]() };
}

test('a 5xx is tried again twice, after growing pauses, and then it is an error', async () => {
  await using there = await world();
  there.github.refuseNext(2, { status: 502 });
  assert.deepEqual((await there.calls.request('GET /repos/acme/api')).data, { id: 1 });
  assert.deepEqual(there.waits, [1_000, 4_000]);
  there.github.refuseNext(3, { status: 503, message: 'Unicorn' });
  await assert.rejects(there.calls.request('GET /repos/acme/api'), { status: 503, message: 'Unicorn' });
  assert.equal(there.github.requests.length, 6);
});

test('what makes something new is never asked for twice; a redelivery and a ping are', async () => {
  await using there = await world();
  there.github.refuseNext(1, { status: 502 });
  await assert.rejects(there.calls.request('POST /repos/acme/api/hooks', { name: 'web' }), { status: 502 });
  there.github.refuseNext(2, { status: 502 });
  await assert.rejects(there.calls.request('POST /repos/acme/api/hooks/1/pings'), { status: 404 });
  assert.equal(there.github.requests.length, 4);
});

test('Retry-After and an emptied limit are waited for, at most a minute and at most twice', async () => {
  await using there = await world();
  const reset = String(there.clock.now() / 1000 + 7);
  there.github.refuseNext(1, { status: 429, headers: { 'retry-after': '3' } });
  there.github.refuseNext(1, { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset } });
  await there.calls.request('GET /repos/acme/api');
  assert.deepEqual(there.waits, [3_000, 4_000]);
  there.github.refuseNext(3, { status: 429, headers: { 'retry-after': '1' } });
  await assert.rejects(there.calls.request('GET /repos/acme/api'), { status: 429 });
  there.github.refuseNext(1, { status: 429, headers: { 'retry-after': '61' } });
  await assert.rejects(there.calls.request('GET /repos/acme/api'), { status: 429 });
  assert.deepEqual(there.waits, [3_000, 4_000, 1_000, 1_000]);
});

test('a 403 without any of these signs is a refusal, not a limit', () => {
  const refused = new GithubError(403, 'Resource not accessible', { headers: { 'x-ratelimit-remaining': '4999' } });
  assert.equal(limitedFor(refused, 0), null);
  const secondary = new GithubError(403, 'You have exceeded a secondary rate limit', {});
  assert.equal(limitedFor(secondary, 0), 60_000);
});

test('nobody there is an error without a status', async () => {
  const { clock, waits } = hastyClock();
  const calls = createCalls({ apiUrl: 'http://127.0.0.1:1', token: new Secret('x'), version: '0', clock });
  await assert.rejects(calls.request('GET /x'), { status: null, message: /ECONNREFUSED|bad port/ });
  assert.deepEqual(waits, [1_000, 4_000]);
});

test('writes at github.com go one at a time, a second apart, also after one that failed', async () => {
  const { clock, waits } = hastyClock();
  const paced = onePerSecond(clock, (ms) => new Promise((resolve) => void clock.after(ms, resolve)));
  const begun: number[] = [];
  const write = (fails: boolean) =>
    paced(async () => {
      begun.push(clock.now());
      if (fails) throw new Error('no');
    });
  const results = await Promise.allSettled([write(false), write(true), write(false)]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  assert.deepEqual(waits, [1_000, 1_000]);
  assert.deepEqual(
    begun.map((at) => at - (begun[0] ?? 0)),
    [0, 1_000, 2_000],
  );
});
