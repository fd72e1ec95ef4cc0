import { channel } from '../../../src/destinations/teams/channel.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { startTeamsDouble, type TeamsCard } from '../../doubles/teams-double.ts';
import { OPENING, type Pointed } from '../destination.ts';
import type { DestinationUnderTest } from '../destination-under-test.ts';
import { disguisedIn, hiddenIn } from '../harm.ts';

export const variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>> = { teams: underTest };

async function underTest(): Promise<DestinationUnderTest> {
  const double = await startTeamsDouble();
  const settings = { webhook_url: new Secret(double.webhookUrl), per_minute: 0 };
  return {
    destination: await channel.open({ ...OPENING, settings }),
    words: channel.words(settings),
    secrets: [double.webhookUrl, double.sig],
    shown: () => double.cards.map((card) => JSON.stringify(card)),
    violations: () => double.dropped,
    harm: () => double.cards.flatMap(harmIn),
    endings: {
      busy: () => double.plan({ status: 429, headers: { 'retry-after': '3' } }),
      failing: () => double.plan({ status: 502 }),
      lost: () => double.plan('drop'),
      stuck: () => double.plan('hang'),
      final: () => double.plan({ status: 400, body: { error: { code: 'TriggerInputSchemaMismatch', message: 'no' } } }),
      broken: () => double.plan({ status: 404, body: { error: { code: 'WorkflowNotFound', message: 'no' } } }),
    },
    lacks: { key: 'a workflow takes no key: each post is a message' },
    reached: (count) => double.waitFor(count),
    close: async () => double[Symbol.asyncDispose](),
    [Symbol.asyncDispose]: async () => double[Symbol.asyncDispose](),
  };
}

/** Markdown is read in a TextBlock: nobody's text may stand there. */
function harmIn({ body, msteams }: TeamsCard): readonly string[] {
  return [
    ...(msteams?.entities ?? []).map(({ mentioned }) => `calls ${mentioned.id}`),
    ...body.flatMap((element) => {
      if (element.type === 'TextBlock') return [`Markdown: ${element.text}`];
      const blocks = element.type === 'Container' ? element.items : [element];
      return blocks
        .flatMap(({ inlines }) => inlines)
        .flatMap(({ text, selectAction }) => [...hiddenIn(text), ...disguisedIn(text, selectAction?.url ?? '')]);
    }),
  ];
}

/** The same at an address of somebody else's. */
export const pointed: Pointed = {
  teams: async (origin) => {
    const url = `${origin}/powerautomate/automations/direct/workflows/0f1e/triggers/manual/paths/invoke?sig=${SIG}`;
    const settings = { webhook_url: new Secret(url), per_minute: 0 };
    return { destination: await channel.open({ ...OPENING, settings }), secrets: [SIG], believesStatus: true };
  },
};

const SIG = 'aSignatureOfNobody-1234567890abcdefghij';
