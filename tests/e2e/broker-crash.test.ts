import assert from 'node:assert/strict';
import { test } from 'node:test';
import amqplib from 'amqplib';
import { channel } from '../../src/destinations/amqp/channel.ts';
import type { AmqpSettings } from '../../src/destinations/amqp/settings.ts';
import type { Destination } from '../../src/model/destination.ts';
import { Secret } from '../../src/shared/secret.ts';
import { OPENING } from '../conformance/destination.ts';
import { aNotification, anActivity } from '../fixtures/activities.ts';
import { notificationsOf, Workshop } from '../jobs/workshop.ts';
import { FULL, tried } from '../support/long-form.ts';
import { lacksServer, type RealServer, startServer } from '../support/real-server.ts';

const KILLS = FULL ? 5 : 1;
const EACH = FULL ? 400 : 200;

const urlOf = ({ port }: RealServer, user = 'guest:guest', vhost = '') => `amqp://${user}@127.0.0.1:${port}${vhost}`;

async function open(name: string, url: string, to: Partial<AmqpSettings>): Promise<Destination> {
  const settings = { url: new Secret(url), concurrency: 1, timeout_ms: 10_000, ...to };
  return channel.open({ ...OPENING, name, settings });
}

test('a real RabbitMQ', { skip: lacksServer('rabbitmq-server'), timeout: 600_000 }, async (t) => {
  await using broker = await startServer('rabbitmq-server');
  const owner = await amqplib.connect(urlOf(broker));
  owner.on('error', () => undefined);
  const made = await owner.createChannel();
  for (const queue of ['one', 'many']) await made.assertQueue(queue, { durable: true });
  await made.assertQueue('full', { maxLength: 0, arguments: { 'x-overflow': 'reject-publish' } });
  await made.assertExchange('events', 'topic', { durable: true });
  await made.assertExchange('unbound', 'topic');
  await made.bindQueue('many', 'events', 'github.#');

  for (const [what, to, says, url = urlOf(broker)] of [
    ['a queue', { queue: 'one' }, /^sent/],
    ['an exchange', { exchange: 'events' }, /^sent/],
    ['a routing key', { exchange: 'events', routing_key: 'github.all' }, /^sent/],
    ['a queue that is not there', { queue: 'none' }, /^broken .*has no queue none; declare it/],
    [
      'an exchange that is not there',
      { exchange: 'none' },
      /^broken .*no exchange 'none' in vhost '\/' \(404\); declare/,
    ],
    [
      'an exchange with no queue',
      { exchange: 'unbound' },
      /^rejected no queue gets github\.issues\.opened of exchange unbound/,
    ],
    ['a full queue', { queue: 'full' }, /^retry .*a queue is full/],
    ['a wrong password', { queue: 'one' }, /^broken .*\(403\)/, urlOf(broker, 'guest:wrong')],
    [
      'no such virtual host',
      { queue: 'one' },
      /^retry .*create the virtual host/,
      urlOf(broker, 'guest:guest', '/none'),
    ],
  ] as const satisfies readonly (readonly [string, Partial<AmqpSettings>, RegExp, string?])[]) {
    await t.test(`${what}: ${says.source}`, async () => {
      await using destination = await open('broker', url, to);
      const notification = { ...aNotification(anActivity(), 1), receivedAt: OPENING.clock.now() };
      const outcome = await destination.send(
        { kind: 'single', notification },
        { signal: new AbortController().signal, earlier: null },
      );
      assert.match([outcome.kind, 'reason' in outcome ? outcome.reason : ''].join(' '), says);
    });
  }

  await t.test('a message outlives the broker, and says which one it is', async () => {
    const message = await made.get('one', { noAck: true });
    assert(message !== false);
    const { deliveryMode, messageId, contentType } = message.properties;
    assert.deepEqual([deliveryMode, contentType], [2, 'application/json']);
    assert.match(String(messageId), /^ntf_[0-9a-f]{32}$/);
  });
  for (const queue of ['one', 'many']) await made.purgeQueue(queue);

  await t.test(
    'killed and started again in mid-load, it has every message, and repeats under the same id only',
    async (t) => {
      const shop = await Workshop.open(t);
      const inbox = await shop.inbox();
      const retry = { baseMs: 50, capMs: 500, maxTries: 10_000 };
      const lanes = [
        { ...(await open('one', urlOf(broker), { queue: 'one' })), retry },
        { ...(await open('many', urlOf(broker), { exchange: 'events', concurrency: 16 })), retry },
      ];
      shop.worker(inbox, lanes);
      const titles = Array.from({ length: EACH }, (_, n) => `issue ${n}`);
      const sent = () => shop.attempts().filter(({ outcome }) => outcome === 'sent').length;
      const events = [];
      for (let kill = 1; kill <= KILLS; kill++) {
        const until = sent() + EACH / 2;
        events.push(...(await shop.feed(inbox, titles, ['one', 'many'])));
        await shop.until(() => sent() > until);
        await broker.kill();
        await broker.start();
      }
      await shop.until(() => sent() === 2 * KILLS * EACH);

      const told = await notificationsOf(inbox, events);
      const bodies = await bodiesIn(urlOf(broker), ['one', 'many']);
      const ids = Map.groupBy(bodies, ({ id }) => id);
      assert.equal(ids.size, told.length);
      assert.equal(new Set(bodies.map(({ body }) => body)).size, events.length);
      for (const [id, same] of ids) assert.equal(new Set(same.map(({ body }) => body)).size, 1, id);
      const unknown = shop.attempts().filter(({ outcome }) => outcome === 'unknown').length;
      // In mid-load, some of the kills meet a message on its way.
      assert.ok(!FULL || unknown > 0);
      t.diagnostic(`${told.length} messages, ${KILLS} kills, ${bodies.length - ids.size} repeats, ${unknown} unknown`);
      tried(t, KILLS, 'kills of a broker');
    },
  );
});

async function bodiesIn(url: string, queues: readonly string[]) {
  const reader = await amqplib.connect(url);
  const from = await reader.createChannel();
  const found: { readonly id: string; readonly body: string }[] = [];
  for (const queue of queues) {
    for (;;) {
      const message = await from.get(queue, { noAck: true });
      if (message === false) break;
      found.push({ id: String(message.properties.messageId), body: message.content.toString() });
    }
  }
  await reader.close();
  return found;
}
