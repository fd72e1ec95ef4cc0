import { carried } from '../model/carried.ts';
import type { Message, Settlement } from '../model/destination.ts';
import { type Lane, placeOf } from './begin.ts';
import { threadOf } from './compose.ts';
import { type Settled, settlementOf } from './settlement.ts';

/** Looks for what may have arrived, before it goes again. What did not arrive is no repeat, and says nothing of one. */
export async function settleAll(lane: Lane, messages: readonly Message[]): Promise<readonly Settled[]> {
  const { context, destination, toBegin } = lane;
  const isAsked = (message: Message) => destination.settle !== undefined && message.maybeRepeated === true;
  if (!messages.some(isAsked)) return messages.map((message) => ({ message, settlement: null }));
  const { name } = destination;
  const threads = messages.map(threadOf);
  const earlier = await toBegin(`reading receipts of ${name}`, () => context.inbox.receipts(name, threads));
  // Then nothing begins either.
  if (earlier === undefined) return [];
  return Promise.all(
    messages.map(async (message, index): Promise<Settled> => {
      if (!isAsked(message)) return { message, settlement: null };
      const place = placeOf(lane, message, earlier[index] ?? null);
      const isWanted = carried(message).some(({ tries }) => tries === 0);
      const settlement = await settlementOf(lane, { count: carried(message).length, isWanted }, async ({ signal }) => {
        const found = await destination.settle?.(message, { ...place, since: sinceOf(message), signal });
        return isWanted && found?.kind === 'absent' ? ELSEWHERE : found;
      });
      // Whoever replays what is held wants it told.
      if (isWanted && settlement.kind === 'unknowable') return { message, settlement: null };
      const isKnown = settlement.kind === 'sent' || settlement.kind === 'absent';
      return { message: isKnown ? { ...message, maybeRepeated: false } : message, settlement };
    }),
  );
}

/**
 * What was held or given up, and somebody replays, goes in company that its tries need not have had: in a restored copy those of the lost
 * database are not recorded. As it goes now it is not there; that says nothing.
 */
const ELSEWHERE: Settlement = { kind: 'unknowable', reason: 'it is not there alone, but may be in another message' };

/** All that it tells was stored by then. A try that is recorded is no bound: what a copy was made of may have sent it before. */
function sinceOf(message: Message): number {
  return Math.max(...carried(message).map(({ storedAt }) => storedAt));
}
