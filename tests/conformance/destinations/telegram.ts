import { channel } from '../../../src/destinations/telegram/channel.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { startTelegramDouble, TELEGRAM_TOKEN } from '../../doubles/telegram-double.ts';
import { actsIn, telegramNo } from '../../doubles/telegram-rules.ts';
import { OPENING, type Pointed } from '../destination.ts';
import type { DestinationUnderTest } from '../destination-under-test.ts';
import { disguisedIn, hiddenIn } from '../harm.ts';

export const variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>> = { telegram: underTest };

async function underTest(): Promise<DestinationUnderTest> {
  const double = await startTelegramDouble();
  const { token, chat, origin } = double;
  const settings = {
    token: new Secret(token),
    chat_id: chat,
    thread: true,
    per_minute: 0,
    api_url: origin,
  } as const;
  return {
    destination: await channel.open({ ...OPENING, settings }),
    words: channel.words(settings),
    secrets: [token],
    shown: () => double.messages.map(({ text }) => text),
    violations: () => double.violations,
    harm: () =>
      double.messages.flatMap(({ parsed }) => [
        ...actsIn(parsed),
        ...hiddenIn(parsed.text),
        ...parsed.entities.flatMap(({ href, text }) => disguisedIn(text, href)),
      ]),
    threads: () => {
      const roots: string[] = [];
      for (const { reply_parameters: reply } of double.messages) {
        roots.push((reply && roots[reply.message_id - 1]) ?? String(roots.length + 1));
      }
      return roots;
    },
    endings: {
      busy: () => double.plan(telegramNo(429, 'Too Many Requests: retry after 3', { retry_after: 3 })),
      failing: () => double.plan({ status: 502, body: '<html>bad gateway</html>' }),
      lost: () => double.plan('drop'),
      stuck: () => double.plan('hang'),
      final: () => double.plan(telegramNo(400, 'Bad Request: message is too long')),
      broken: () => double.plan(telegramNo(403, 'Forbidden: bot was kicked from the supergroup chat')),
    },
    lacks: { key: 'it takes no key: each post is a message' },
    reached: (count) => double.waitFor(count),
    close: async () => double[Symbol.asyncDispose](),
    [Symbol.asyncDispose]: async () => double[Symbol.asyncDispose](),
  };
}

/** The same at an address of somebody else's. */
export const pointed: Pointed = {
  telegram: async (origin) => {
    const token = new Secret(TELEGRAM_TOKEN);
    const settings = { token, chat_id: '-1001', thread: true, per_minute: 0, api_url: origin } as const;
    return { destination: await channel.open({ ...OPENING, settings }), secrets: [TELEGRAM_TOKEN] };
  },
};
