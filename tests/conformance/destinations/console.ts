import { consoleDestination } from '../../../src/destinations/console/console-destination.ts';
import type { DestinationUnderTest } from '../destination.ts';

export const variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>> = { console: underTest };

async function underTest(): Promise<DestinationUnderTest> {
  const written: string[] = [];
  const attempts: string[] = [];
  const waiting = Promise.withResolvers<void>();
  let next: 'failing' | 'stuck' | null = null;
  const write = (text: string) => {
    const now = next;
    next = null;
    attempts.push(text);
    waiting.resolve();
    if (now === 'failing') throw new Error('EAGAIN');
    written.push(text);
    return now === 'stuck' ? new Promise<void>(() => {}) : undefined;
  };
  return {
    destination: consoleDestination({ name: 'console', write, color: false, width: 100 }),
    secrets: [],
    shown: () => written,
    violations: () => [],
    harm: () => (/(?!\n)\p{Cc}|\p{Bidi_Control}|\p{Cs}/u.test(written.join('')) ? ['a control character'] : []),
    endings: { failing: () => void (next = 'failing'), stuck: () => void (next = 'stuck') },
    lacks: {
      busy: 'a terminal asks nobody to wait',
      lost: 'a terminal gives no answer that could be lost',
      final: 'a terminal refuses nothing',
      departure: 'it takes no time to reach a terminal',
      outage: 'a terminal that is gone is one that cannot be written',
    },
    reached: () => waiting.promise,
    close: async () => {},
    async [Symbol.asyncDispose]() {},
  };
}
