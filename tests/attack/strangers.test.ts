import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataDir, drained, openInbox, records } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';
import { FULL, share, tried } from '../support/long-form.ts';
import { issueOpened } from '../support/payloads.ts';
import { runServer } from '../support/tidings-process.ts';
import { AT_ONCE, ENDLESS, type Kind } from './stranger-kinds.ts';
import { Crowd, peakMb, realDeliveries } from './strangers.ts';

const MIB = 1024 * 1024;
/**
 * What our deploy files give it, in MB of a million bytes. Within that limit the peak is what may be in flight and less than 150 MB
 * more (ADR 19 has it for each kind); without one, as here, the collector comes round later, and on a busy machine later still.
 */
const DEPLOY_MB = (512 * MIB) / 1e6;
/** As many as may be connected. */
const CROWD = 2_000;
/** While they come and come back. */
const REAL = FULL ? 10 : 4;
/** A mixture of all kinds in npm test; with ATTACK=full each kind by itself as well. */
const CROWDS: readonly (readonly [name: string, kinds: readonly Kind[]])[] = [
  ['all kinds', Object.values(ENDLESS)],
  ...(FULL ? Object.entries(ENDLESS).map(([name, kind]) => [name, [kind]] as const) : []),
];

for (const [name, kinds] of CROWDS) {
  test(`${CROWD} who say little and stay hold up nobody, small or large: ${name}`, async (t) => {
    await using dir = await dataDir();
    await using server = await runServer('start', dir.path);
    using crowd = new Crowd(server);
    let next = 0;
    await crowd.come(CROWD, (socket) => kinds[next++ % kinds.length]?.(socket));
    const small = await realDeliveries(server, 20);
    const large = await realDeliveries(server, 2, 10 * MIB);
    const slowest = `slowest ${small.slowestMs.toFixed(0)} ms, 10 MiB ${large.slowestMs.toFixed(0)} ms`;
    t.diagnostic(`${slowest}, peak ${peakMb(server).toFixed(0)} MB`);
    tried(t, CROWD, 'connections');
    assert.deepEqual(new Set([...small.statuses, ...large.statuses]), new Set([200]));
    assert.doesNotMatch(server.output.stderr, /"level":[56]0/, 'no alarm');
  });
}

test('bodies of strangers take no more memory than they may, and nobody is turned away for them', async (t) => {
  const isIn = share(t, 2);
  const kinds = Object.entries(AT_ONCE).filter((_, turn) => isIn(turn));
  for (const [name, { count, kind }] of kinds) {
    await using dir = await dataDir();
    // With all its threads, as a user's: memory is the subject.
    await using server = await runServer('start', dir.path, { NODE_OPTIONS: undefined });
    const idle = peakMb(server);
    using crowd = new Crowd(server);
    await crowd.come(count, kind);
    const { statuses } = await realDeliveries(server, REAL);
    const peak = peakMb(server);
    t.diagnostic(`${count} × ${name}: peak ${peak.toFixed(0)} MB, ${idle.toFixed(0)} MB before`);
    assert.deepEqual(new Set(statuses), new Set([200]), name);
    assert.ok(peak < DEPLOY_MB, `${name}: ${peak} MB`);
    assert.doesNotMatch(server.output.stderr, /"level":[56]0/, 'no alarm');
  }
  const connections = kinds.reduce((sum, [, { count }]) => sum + count, 0);
  tried(t, connections, 'connections');
});

const NESTED = `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;

test('a body nested without end alarms nobody, unsigned or signed, and can be looked at', async () => {
  await using dir = await dataDir();
  await using server = await serverInProcess('start', dir.path);
  for (const body of ['['.repeat(10_000), NESTED]) {
    for (const type of ['application/json', 'application/x-www-form-urlencoded']) {
      const headers = { 'content-type': type, 'x-hub-signature-256': `sha256=${'a'.repeat(64)}` };
      const answer = await fetch(`${server.url}/webhooks/github`, { method: 'POST', headers, body });
      assert.equal(answer.status, 401);
    }
  }
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  assert.match(metrics, /^tidings_\S*received\S*\{[^}]*refused[^}]*\} 4$/m);
  assert.doesNotMatch(metrics, /^tidings_\S*received\S*\{[^}]*unavailable[^}]*\} [1-9]/m);

  const signed = { ...issueOpened(1), body: Buffer.from(NESTED) };
  assert.equal((await deliver(server.url, signed)).status, 200);
  await using inbox = await openInbox(dir.path);
  await drained(inbox);
  const [event] = await records(inbox);
  assert.deepEqual([event?.state, event?.body?.toString()], ['failed', NESTED]);
  assert.match(event?.reason ?? '', /nested deeper/);
  for (const args of [['events', 'show', '1'], ['events', 'show', '1', '--json'], ['explain', '1'], ['events']]) {
    const { code, stderr } = await inProcess(args, dir.path);
    assert.deepEqual([code, stderr], [0, ''], args.join(' '));
  }
  assert.equal((await fetch(`${server.url}/api/v1/events/1`)).status, 200);
  assert.doesNotMatch(server.output.stderr, /"level":[56]0/);
});
