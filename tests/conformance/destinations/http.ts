import { channel } from '../../../src/destinations/http/channel.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { startEndpointDouble } from '../../doubles/endpoint-double.ts';
import { OPENING, type Pointed } from '../destination.ts';
import type { DestinationUnderTest } from '../destination-under-test.ts';

export const variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>> = { http: underTest };

const KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const PATH = '/hook/aVerySecretPath-123?key=hush-hush-hush';

async function underTest(): Promise<DestinationUnderTest> {
  const endpoint = await startEndpointDouble({ path: PATH });
  const keys = { url: new Secret(endpoint.url), secret: new Secret(KEY) };
  const settings = { ...keys, concurrency: 1, timeout_ms: 10_000 };
  return {
    destination: await channel.open({ ...OPENING, settings }),
    words: channel.words(settings),
    secrets: [KEY, PATH, 'aVerySecretPath-123', 'hush-hush-hush'],
    shown: () => endpoint.bodies,
    tries: () => endpoint.told.map(({ id }, index) => ({ key: id, told: endpoint.bodies[index] ?? '' })),
    violations: () => endpoint.violations,
    // JSON for programs: texts are as they were written.
    harm: () => [],
    endings: {
      busy: () => endpoint.plan({ status: 429, retryAfter: 3 }),
      failing: () => endpoint.plan({ status: 502 }),
      lost: () => endpoint.plan('drop'),
      stuck: () => endpoint.plan('hang'),
      // It repeats what it was asked, as many do.
      final: () => endpoint.plan({ status: 404, text: `Cannot POST ${PATH}` }),
      broken: () => endpoint.plan({ status: 301, text: '' }),
    },
    lacks: { repeat: 'a receiver knows it by its webhook-id, which names the same bytes at every try' },
    reached: (count) => endpoint.waitFor(count),
    close: async () => endpoint[Symbol.asyncDispose](),
    [Symbol.asyncDispose]: async () => endpoint[Symbol.asyncDispose](),
  };
}

/** The same at an address of somebody else's. */
export const pointed: Pointed = {
  http: async (origin) => {
    const settings = { url: new Secret(origin + PATH), secret: new Secret(KEY), concurrency: 1, timeout_ms: 10_000 };
    return { destination: await channel.open({ ...OPENING, settings }), secrets: [KEY, PATH], believesStatus: true };
  },
};
