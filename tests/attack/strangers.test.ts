import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataDir } from '../support/data-dir.ts';
import { runServer } from '../support/tidings-process.ts';
import { AT_ONCE, ENDLESS, type Kind } from './stranger-kinds.ts';
import { Crowd, peakMb, realDeliveries } from './strangers.ts';

const MIB = 1024 * 1024;
/** As many as may be connected. */
const CROWD = 2_000;
/** Of each kind, one after the other; all of them with ATTACK=full, else a mixture of all. */
const isFull = process.env['ATTACK'] === 'full';
const CROWDS: readonly (readonly [name: string, kinds: readonly Kind[]])[] = isFull
  ? [...Object.entries(ENDLESS).map(([name, kind]) => [name, [kind]] as const), ['all', Object.values(ENDLESS)]]
  : [['all kinds', Object.values(ENDLESS)]];

test('who says little and stays holds up nobody: every real delivery is taken, small and large', async (t) => {
  await using dir = await dataDir();
  await using server = await runServer('start', dir.path);
  for (const [name, kinds] of CROWDS) {
    using crowd = new Crowd(server);
    let next = 0;
    await crowd.come(CROWD, (socket) => kinds[next++ % kinds.length]?.(socket));
    const small = await realDeliveries(server, 20);
    const large = await realDeliveries(server, 2, 10 * MIB);
    const slowest = `slowest ${small.slowestMs.toFixed(0)} ms, 10 MiB ${large.slowestMs.toFixed(0)} ms`;
    t.diagnostic(`${CROWD} × ${name}: ${slowest}, peak ${peakMb(server).toFixed(0)} MB`);
    assert.deepEqual(new Set([...small.statuses, ...large.statuses]), new Set([200]), name);
  }
  assert.doesNotMatch(server.output.stderr, /"level":[56]0/, 'no alarm');
});

test('bodies of strangers take no more memory than they may, and nobody is turned away for them', async (t) => {
  await using dir = await dataDir();
  await using server = await runServer('start', dir.path);
  const idle = peakMb(server);
  for (const [name, { count, kind }] of Object.entries(AT_ONCE)) {
    using crowd = new Crowd(server);
    await crowd.come(count, kind);
    const { statuses } = await realDeliveries(server, 10);
    const peak = peakMb(server);
    t.diagnostic(`${count} × ${name}: peak ${peak.toFixed(0)} MB, ${idle.toFixed(0)} MB before`);
    assert.deepEqual(new Set(statuses), new Set([200]), name);
    assert.ok(peak - idle < 134 + 40, `${name}: ${peak} MB, ${idle} MB before`);
  }
  assert.doesNotMatch(server.output.stderr, /"level":[56]0/, 'no alarm');
});

test('a stranger who sends a request whole is refused without alarm, whatever is in it', async () => {
  await using dir = await dataDir();
  await using server = await runServer('receive', dir.path);
  const bodies = ['['.repeat(10_000), '['.repeat(10_000) + ']'.repeat(10_000), `{"a":${'9'.repeat(10_000)}}`, '\0'];
  for (const body of bodies) {
    for (const type of ['application/json', 'application/x-www-form-urlencoded']) {
      const headers = { 'content-type': type, 'x-hub-signature-256': `sha256=${'a'.repeat(64)}` };
      const answer = await fetch(`${server.url}/webhooks/github`, { method: 'POST', headers, body });
      assert.equal(answer.status, 401);
    }
  }
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  assert.match(metrics, /^tidings_\S*received\S*\{[^}]*refused[^}]*\} 8$/m);
  assert.doesNotMatch(metrics, /^tidings_\S*received\S*\{[^}]*unavailable[^}]*\} [1-9]/m);
  assert.doesNotMatch(server.output.stderr, /"level":[56]0/);
});
