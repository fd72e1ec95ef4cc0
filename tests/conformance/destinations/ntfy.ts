import { channel } from '../../../src/destinations/ntfy/channel.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { NTFY_TOKEN, NTFY_TOPIC, startNtfyDouble } from '../../doubles/ntfy-double.ts';
import { OPENING, type Pointed } from '../destination.ts';
import type { DestinationUnderTest } from '../destination-under-test.ts';

export const variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>> = { ntfy: underTest };

async function underTest(): Promise<DestinationUnderTest> {
  const double = await startNtfyDouble();
  const settings = { url: new Secret(double.url), token: new Secret(NTFY_TOKEN), per_minute: 0 };
  const shown = () =>
    double.messages.map(({ title, message, click = '' }) => [title, message, click].join('\n').trim());
  return {
    destination: await channel.open({ ...OPENING, settings }),
    words: channel.words(settings),
    secrets: [NTFY_TOPIC, NTFY_TOKEN],
    shown,
    violations: () => double.violations,
    // Plain text: nothing acts in it.
    harm: () => shown().filter((text) => /(?!\n)\p{Cc}|\p{Bidi_Control}/u.test(text) || !text.isWellFormed()),
    endings: {
      // A proxy before it.
      busy: () => double.plan({ status: 429, headers: { 'retry-after': '3' } }),
      failing: () => double.plan({ status: 500, body: { code: 50001, http: 500, error: 'internal server error' } }),
      lost: () => double.plan('drop'),
      stuck: () => double.plan('hang'),
      final: () => double.plan({ status: 413, body: { code: 41303, http: 413, error: 'JSON body too large' } }),
      broken: () => double.plan({ status: 403, body: { code: 40301, http: 403, error: 'forbidden' } }),
    },
    lacks: { key: 'it takes no key: each post is a message' },
    reached: (count) => double.waitFor(count),
    close: async () => double[Symbol.asyncDispose](),
    [Symbol.asyncDispose]: async () => double[Symbol.asyncDispose](),
  };
}

/** The same at an address of somebody else's. */
export const pointed: Pointed = {
  ntfy: async (origin) => {
    const settings = { url: new Secret(`${origin}/${NTFY_TOPIC}`), token: new Secret(NTFY_TOKEN), per_minute: 0 };
    return { destination: await channel.open({ ...OPENING, settings }), secrets: [NTFY_TOPIC, NTFY_TOKEN] };
  },
};
