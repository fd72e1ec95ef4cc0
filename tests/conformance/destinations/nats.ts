import { channel } from '../../../src/destinations/nats/channel.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { NATS_PASSWORD, startNatsDouble } from '../../doubles/nats-double.ts';
import { OPENING } from '../destination.ts';
import type { DestinationUnderTest } from '../destination-under-test.ts';

export const variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>> = { nats: underTest };

async function underTest(): Promise<DestinationUnderTest> {
  const server = await startNatsDouble();
  const settings = { url: new Secret(server.url), subject: 'tidings.>', concurrency: 1, timeout_ms: 10_000 };
  const destination = await channel.open({ ...OPENING, settings });
  return {
    destination,
    words: channel.words(settings),
    secrets: [server.url, NATS_PASSWORD],
    shown: () => server.stored,
    tries: () => server.tries,
    violations: () => server.violations,
    // A program reads it, as JSON.
    harm: () => [],
    endings: {
      failing: () => server.plan('failing'),
      lost: () => server.plan('lost'),
      stuck: () => server.plan('stuck'),
      final: () => server.plan('final'),
      broken: () => server.plan('no stream'),
    },
    lacks: {
      repeat: 'the stream knows it by its message id, which names the same bytes at every try',
      busy: 'a stream says no, and not for how long',
    },
    reached: (count) => server.waitFor(count),
    close: async () => server[Symbol.asyncDispose](),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await destination[Symbol.asyncDispose]();
    },
  };
}
