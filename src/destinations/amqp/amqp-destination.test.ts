import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { OPENING } from '../../../tests/conformance/destination.ts';
import { AMQP_PASSWORD, startAmqpDouble } from '../../../tests/doubles/amqp-double.ts';
import { aNotification, anActivity } from '../../../tests/fixtures/activities.ts';
import { dataDir } from '../../../tests/support/data-dir.ts';
import { inProcess } from '../../../tests/support/in-process.ts';
import type { Outcome } from '../../model/destination.ts';
import { Secret } from '../../shared/secret.ts';
import { messageKey } from '../message-key.ts';
import { channel } from './channel.ts';
import { loadClient } from './client.ts';
import { amqpDestination } from './library.ts';
import type { AmqpSettings } from './settings.ts';

async function open(url: string, more: Partial<AmqpSettings>) {
  const settings = { url: new Secret(url), concurrency: 1, timeout_ms: 10_000, ...more };
  const destination = await channel.open({ ...OPENING, settings });
  const send = (id = 1, signal = new AbortController().signal): Promise<Outcome> =>
    destination.send({ kind: 'single', notification: noted(id) }, { signal, earlier: null });
  return { send, [Symbol.asyncDispose]: () => destination[Symbol.asyncDispose]() };
}

const noted = (id: number) => ({ ...aNotification(anActivity(), id), receivedAt: OPENING.clock.now() });
const ID = messageKey(OPENING.name, { kind: 'single', notification: noted(1) });

const reasonOf = (outcome: Outcome) => [outcome.kind, 'reason' in outcome ? outcome.reason : ''].join(' ');

test('an exchange that is not there holds what waits; once it is there, the next goes over a connection of its own', async () => {
  await using broker = await startAmqpDouble();
  await using to = await open(broker.url, { exchange: 'x' });
  broker.plan('closed');
  assert.match(reasonOf(await to.send(1)), /^broken .*no exchange 'x' \(404\); declare it/);
  assert.equal((await to.send(1)).kind, 'sent');
  assert.deepEqual([broker.ids, broker.violations], [[ID], []]);
});

test('a queue that is not there is broken, not this message alone', async () => {
  await using broker = await startAmqpDouble();
  await using to = await open(broker.url, { queue: 'activity' });
  broker.plan('returned');
  assert.match(reasonOf(await to.send()), /^broken .*has no queue activity; declare it/);
});

for (const opening of ['silent', 'no channel'] as const) {
  test(`a broker that opens and then is ${opening} is given up, and asked over another connection`, async () => {
    await using broker = await startAmqpDouble();
    await using to = await open(broker.url, { queue: 'activity' });
    broker.opening = opening;
    assert.match(reasonOf(await to.send(1, AbortSignal.timeout(50))), /^retry .*cannot be reached/);
    broker.opening = null;
    assert.equal((await to.send()).kind, 'sent');
    assert.deepEqual(broker.ids, [ID]);
  });
}

test('closed while a broker is silent, it waits for nothing', async () => {
  await using broker = await startAmqpDouble();
  broker.opening = 'silent';
  const to = await open(broker.url, { queue: 'activity', timeout_ms: 120_000 });
  const sending = to.send();
  await to[Symbol.asyncDispose]();
  assert.equal((await sending).kind, 'retry');
});

test('a broker that refuses the virtual host once may be going down; twice, somebody has to mend it', async () => {
  await using broker = await startAmqpDouble();
  await using to = await open(broker.url, { queue: 'activity' });
  broker.opening = 'refused';
  assert.match(reasonOf(await to.send()), /^retry .*virtual host/);
  assert.match(reasonOf(await to.send()), /^broken .*virtual host/);
});

test('a broker short of memory is sent nothing more until it says so, and takes what it has', async () => {
  await using broker = await startAmqpDouble();
  await using to = await open(broker.url, { queue: 'activity', timeout_ms: 1_000 });
  broker.plan('blocked');
  assert.match(reasonOf(await to.send(1)), /^unknown .*may take it later: its memory or disk is short/);
  assert.match(reasonOf(await to.send(1)), /^retry .*takes nothing for now/);
  broker.unblock();
  // What it says is on its way.
  let outcome: Outcome;
  do {
    await setImmediate();
    outcome = await to.send(1);
  } while (outcome.kind === 'retry');
  assert.equal(outcome.kind, 'sent');
  assert.deepEqual([broker.ids, broker.connections, broker.violations], [[ID, ID], 1, []]);
});

test('nothing is left open when it is closed', async () => {
  await using broker = await startAmqpDouble();
  const to = await open(broker.url, { queue: 'activity' });
  assert.equal((await to.send()).kind, 'sent');
  assert.equal(broker.connections, 1);
  await to[Symbol.asyncDispose]();
  await broker.left();
});

test('without the client it is said what to type', async () => {
  await using dir = await dataDir();
  const missing = () => loadClient([dir.path]);
  assert.throws(missing, /The client for RabbitMQ is not installed\. Type: npm install amqplib/);
});

test("a program of one's own names a queue or an exchange, and is told what is wrong", async () => {
  await using broker = await startAmqpDouble();
  const { url } = broker;
  await using to = amqpDestination({ name: 'broker', url, exchange: 'events', routingKey: 'all' });
  const notification = { ...aNotification(anActivity(), 1), receivedAt: OPENING.clock.now() };
  const { signal } = new AbortController();
  assert.equal((await to.send({ kind: 'single', notification }, { signal, earlier: null })).kind, 'sent');
  const wrong = { name: 'broker', url, queue: 'activity' };
  assert.throws(
    () => amqpDestination({ ...wrong, exchange: 'events' }),
    /amqpDestination: queue or exchange must be named/,
  );
  assert.throws(() => amqpDestination({ ...wrong, queue: 'q'.repeat(256) }), /queue must have 255 bytes at most/);
  assert.throws(() => amqpDestination({ ...wrong, url: 'http://mq' }), /url must be amqp:/);
});

test('connect looks, keeps the address, and shows no password', async () => {
  await using dir = await dataDir();
  await using broker = await startAmqpDouble();
  const made = await inProcess(['connect', 'amqp', '--queue', 'activity'], dir.path, { AMQP_URL: broker.url });
  assert.equal(made.code, 0, made.stderr);
  assert.match(
    made.stderr,
    /found {2}RabbitMQ at 127\.0\.0\.1[\s\S]*type: amqp, url: "\$\{AMQP_URL\}", queue: activity/,
  );
  assert.ok(!(made.stdout + made.stderr).includes(AMQP_PASSWORD));
});
