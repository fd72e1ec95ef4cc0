import { channel } from '../../../src/destinations/gotify/channel.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { GOTIFY_TOKEN, startGotifyDouble } from '../../doubles/gotify-double.ts';
import { OPENING, type Pointed } from '../destination.ts';
import type { DestinationUnderTest } from '../destination-under-test.ts';

export const variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>> = { gotify: underTest };

async function underTest(): Promise<DestinationUnderTest> {
  const double = await startGotifyDouble();
  const settings = { url: double.origin, token: new Secret(GOTIFY_TOKEN) };
  const shown = () =>
    double.messages.map(({ title, message, extras = '' }) => [title, message, linkIn(extras)].join('\n').trim());
  return {
    destination: await channel.open({ ...OPENING, settings }),
    words: channel.words(settings),
    secrets: [GOTIFY_TOKEN],
    shown,
    violations: () => double.violations,
    // Plain text: nothing acts in it.
    harm: () => shown().filter((text) => /(?!\n)\p{Cc}|\p{Bidi_Control}/u.test(text) || !text.isWellFormed()),
    endings: {
      // A proxy before it.
      busy: () => double.plan({ status: 429, headers: { 'retry-after': '3' } }),
      failing: () => double.plan({ status: 500, body: { error: 'Internal Server Error', errorCode: 500 } }),
      lost: () => double.plan('drop'),
      stuck: () => double.plan('hang'),
      final: () => double.plan({ status: 400, body: { error: 'Bad Request', errorDescription: 'unexpected EOF' } }),
      broken: () => double.plan({ status: 401, body: { error: 'Unauthorized', errorCode: 401 } }),
    },
    lacks: { key: 'it takes no key: each post is a message' },
    reached: (count) => double.waitFor(count),
    close: async () => double[Symbol.asyncDispose](),
    [Symbol.asyncDispose]: async () => double[Symbol.asyncDispose](),
  };
}

function linkIn(extras: unknown): string {
  return /https?:[^"]*/.exec(JSON.stringify(extras))?.[0] ?? '';
}

/** The same at an address of somebody else's. */
export const pointed: Pointed = {
  gotify: async (origin) => {
    const settings = { url: origin, token: new Secret(GOTIFY_TOKEN) };
    return { destination: await channel.open({ ...OPENING, settings }), secrets: [GOTIFY_TOKEN] };
  },
};
