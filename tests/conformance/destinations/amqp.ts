import { channel } from '../../../src/destinations/amqp/channel.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { AMQP_PASSWORD, startAmqpDouble } from '../../doubles/amqp-double.ts';
import { OPENING } from '../destination.ts';
import type { DestinationUnderTest } from '../destination-under-test.ts';

export const variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>> = { amqp: underTest };

async function underTest(): Promise<DestinationUnderTest> {
  const broker = await startAmqpDouble();
  const settings = { url: new Secret(broker.url), exchange: 'events', concurrency: 1, timeout_ms: 10_000 };
  const destination = await channel.open({ ...OPENING, settings });
  return {
    destination,
    words: channel.words(settings),
    secrets: [broker.url, AMQP_PASSWORD],
    shown: () => broker.taken,
    tries: () => broker.taken.map((told, index) => ({ key: broker.ids[index] ?? '', told })),
    violations: () => broker.violations,
    // A program reads it, as JSON.
    harm: () => [],
    endings: {
      failing: () => broker.plan('nacked'),
      lost: () => broker.plan('lost'),
      stuck: () => broker.plan('stuck'),
      broken: () => broker.plan('closed'),
      final: () => broker.plan('returned'),
    },
    lacks: {
      repeat: 'a consumer knows it by its message id, which names the same bytes at every try',
      busy: 'a broker says no, and not for how long',
    },
    reached: (count) => broker.waitFor(count),
    close: async () => broker[Symbol.asyncDispose](),
    async [Symbol.asyncDispose]() {
      await broker[Symbol.asyncDispose]();
      await destination[Symbol.asyncDispose]();
    },
  };
}
