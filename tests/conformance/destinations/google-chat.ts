import { channel } from '../../../src/destinations/google-chat/channel.ts';
import { Secret } from '../../../src/shared/secret.ts';
import {
  actsInText,
  faultsInCard,
  startGoogleChatDouble,
  type ToldAtGoogle,
} from '../../doubles/google-chat-double.ts';
import { OPENING, type Pointed } from '../destination.ts';
import type { DestinationUnderTest } from '../destination-under-test.ts';
import { disguisedIn, hiddenIn } from '../harm.ts';

export const variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>> = { 'google-chat': underTest };

async function underTest(): Promise<DestinationUnderTest> {
  const double = await startGoogleChatDouble();
  const settings = { webhook_url: new Secret(double.webhookUrl), thread: true, per_minute: 0 } as const;
  return {
    destination: await channel.open({ ...OPENING, settings }),
    words: channel.words(settings),
    secrets: double.secrets,
    shown: () => double.messages.map((message) => [message.text ?? '', ...textsOf(message)].filter(Boolean).join('\n')),
    tries: () => double.tries,
    violations: () => double.violations,
    harm: () =>
      double.messages.flatMap((message) => [
        ...actsInText(message.text),
        ...hiddenIn(message.text ?? ''),
        ...textsOf(message).flatMap((html) => [
          ...faultsInCard(html),
          ...hiddenIn(html),
          ...[...html.matchAll(/<a href="([^"]*)">(.*?)<\/a>/g)].flatMap(([, url = '', text = '']) =>
            disguisedIn(text, url),
          ),
        ]),
      ]),
    threads: () => double.messages.map(({ thread }) => thread.threadKey),
    endings: {
      busy: () =>
        double.plan({
          status: 429,
          headers: { 'retry-after': '3' },
          body: { error: { status: 'RESOURCE_EXHAUSTED' } },
        }),
      failing: () => double.plan({ status: 503 }),
      lost: () => double.plan('drop'),
      stuck: () => double.plan('hang'),
      final: () => double.plan({ status: 400, body: { error: { status: 'INVALID_ARGUMENT', message: 'no' } } }),
      broken: () => double.plan({ status: 404, body: { error: { status: 'NOT_FOUND', message: 'no' } } }),
    },
    lacks: {
      repeat: 'it knows a repetition by its key, and answers with the first: asked by its own test',
      sameBytes: 'nobody promises that webhooks know the key, so a repetition that is shown all the same says so',
    },
    reached: (count) => double.waitFor(count),
    close: async () => double[Symbol.asyncDispose](),
    [Symbol.asyncDispose]: async () => double[Symbol.asyncDispose](),
  };
}

function textsOf({ cardsV2: [{ card }] }: ToldAtGoogle): readonly string[] {
  return card.sections.flatMap(({ widgets }) => widgets.map(({ textParagraph }) => textParagraph.text));
}

/** The same at an address of somebody else's. */
export const pointed: Pointed = {
  'google-chat': async (origin) => {
    const url = `${origin}/v1/spaces/AAAA/messages?key=${KEY}&token=${TOKEN}`;
    const settings = { webhook_url: new Secret(url), thread: true, per_minute: 0 } as const;
    return { destination: await channel.open({ ...OPENING, settings }), secrets: [KEY, TOKEN] };
  },
};

const KEY = 'aKeyOfNobody-1234567890abcdefghijklmno';
const TOKEN = 'aTokenOfNobody-1234567890abcdefghijklm';
