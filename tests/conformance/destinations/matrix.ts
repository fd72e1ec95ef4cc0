import { channel } from '../../../src/destinations/matrix/channel.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { faultsInHtml, no, startMatrixDouble } from '../../doubles/matrix-double.ts';
import { OPENING, type Pointed } from '../destination.ts';
import type { DestinationUnderTest } from '../destination-under-test.ts';
import { disguisedIn, hiddenIn } from '../harm.ts';

export const variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>> = { matrix: underTest };

async function underTest(): Promise<DestinationUnderTest> {
  const double = await startMatrixDouble();
  const { origin, token, room } = double;
  const settings = {
    homeserver: origin,
    access_token: new Secret(token),
    room_id: room,
    thread: true,
    per_minute: 0,
  } as const;
  return {
    destination: await channel.open({ ...OPENING, settings }),
    words: channel.words(settings),
    secrets: [token],
    shown: () => double.events.map(({ formatted_body: html, body }) => `${html}\n${body}`),
    tries: () => double.tries,
    violations: () => double.violations,
    harm: () =>
      double.events.flatMap(({ formatted_body: html, body, 'm.mentions': mentions }) => [
        ...Object.keys(mentions).map((who) => `calls ${who}`),
        ...faultsInHtml(html),
        ...hiddenIn(html),
        ...hiddenIn(body),
        ...(/matrix\.to\b/i.test(body) ? ['a mention by its address'] : []),
        ...[...html.matchAll(/<a href="([^"]*)">(.*?)<\/a>/g)].flatMap(([, url = '', text = '']) =>
          disguisedIn(text, url),
        ),
      ]),
    threads: () => double.events.map(({ event_id: id, 'm.relates_to': relation }) => relation?.event_id ?? id),
    endings: {
      busy: () => double.plan(no(429, 'M_LIMIT_EXCEEDED', { retry_after_ms: 3_000 })),
      failing: () => double.plan({ status: 502, body: '<html>bad gateway</html>' }),
      lost: () => double.plan('drop'),
      stuck: () => double.plan('hang'),
      final: () => double.plan(no(413, 'M_TOO_LARGE')),
      broken: () => double.plan(no(401, 'M_UNKNOWN_TOKEN')),
    },
    lacks: {
      repeat: 'the server knows a repetition by its transaction, and takes no other text under the same',
    },
    reached: (count) => double.waitFor(count),
    close: async () => double[Symbol.asyncDispose](),
    [Symbol.asyncDispose]: async () => double[Symbol.asyncDispose](),
  };
}

/** The same at an address of somebody else's. */
export const pointed: Pointed = {
  matrix: async (origin) => {
    const room = {
      homeserver: origin,
      room_id: '!aRoomOfNobody:example.org',
      thread: true,
      per_minute: 0,
    } as const;
    const settings = { ...room, access_token: new Secret(TOKEN) };
    return { destination: await channel.open({ ...OPENING, settings }), secrets: [TOKEN] };
  },
};

const TOKEN = 'syt_dGlkaW5ncw_aTokenOfNobody_1234567890';
