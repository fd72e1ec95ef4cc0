import { channel } from '../../../src/destinations/redis/channel.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { REDIS_PASSWORD, startRedisDouble } from '../../doubles/redis-double.ts';
import { OPENING } from '../destination.ts';
import type { DestinationUnderTest } from '../destination-under-test.ts';

export const variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>> = { redis: underTest };

async function underTest(): Promise<DestinationUnderTest> {
  const server = await startRedisDouble();
  const url = new Secret(server.url);
  const settings = { url, stream: 'tidings', max_length: 100_000, concurrency: 1, timeout_ms: 10_000 };
  const destination = await channel.open({ ...OPENING, settings });
  return {
    destination,
    words: channel.words(settings),
    secrets: [server.url, REDIS_PASSWORD],
    shown: () => server.entries.map((fields) => fields.get('body') ?? ''),
    tries: () => server.tries,
    violations: () => server.violations,
    // A program reads it, as JSON.
    harm: () => [],
    endings: {
      failing: () => server.plan("-OOM command not allowed when used memory > 'maxmemory'."),
      lost: () => server.plan('lost'),
      stuck: () => server.plan('stuck'),
      final: () => server.plan('-ERR max request size exceeded'),
      broken: () => server.plan('wrong type'),
    },
    lacks: {
      repeat: 'its key is remembered beside the stream, and names the same bytes at every try',
      busy: 'Redis says no, and not for how long',
    },
    reached: (count) => server.waitFor(count),
    close: async () => server[Symbol.asyncDispose](),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await destination[Symbol.asyncDispose]();
    },
  };
}
