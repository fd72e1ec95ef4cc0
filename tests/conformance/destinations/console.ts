import { channel } from '../../../src/destinations/console/channel.ts';
import { OPENING } from '../destination.ts';
import type { DestinationUnderTest } from '../destination-under-test.ts';

export const variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>> = { console: underTest };

async function underTest(): Promise<DestinationUnderTest> {
  const written: string[] = [];
  const attempts: string[] = [];
  const waiting = Promise.withResolvers<void>();
  let next: 'failing' | 'stuck' | null = null;
  const write = async (text: string) => {
    const now = next;
    next = null;
    attempts.push(text);
    waiting.resolve();
    if (now === 'failing') throw new Error('EAGAIN');
    written.push(text);
    if (now === 'stuck') await new Promise<void>(() => {});
  };
  return {
    destination: await channel.open({ ...OPENING, settings: {}, terminal: { ...OPENING.terminal, write } }),
    words: channel.words({}),
    secrets: [],
    shown: () => written,
    violations: () => [],
    harm: () => (/(?!\n)\p{Cc}|\p{Bidi_Control}|\p{Cs}/u.test(written.join('')) ? ['a control character'] : []),
    endings: { failing: () => void (next = 'failing'), stuck: () => void (next = 'stuck') },
    lacks: {
      key: 'a terminal tells whatever it is given',
      busy: 'a terminal asks nobody to wait',
      lost: 'a terminal gives no answer that could be lost',
      final: 'a terminal refuses nothing',
      broken: 'a terminal that is gone is one that cannot be written',
      departure: 'it takes no time to reach a terminal',
      outage: 'a terminal that is gone is one that cannot be written',
    },
    reached: () => waiting.promise,
    close: async () => {},
    async [Symbol.asyncDispose]() {},
  };
}
