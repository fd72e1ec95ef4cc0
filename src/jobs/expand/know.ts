import type { Expansion, WantedCard } from '../../model/inbox/backlog.ts';
import type { Heard } from '../../model/known/card.ts';
import { heardOf } from '../../model/known/facts.ts';
import { knownOf } from '../../model/known/person.ts';
import type { Decision } from '../../model/rule.ts';
import type { Source } from '../../model/source.ts';
import { redact } from '../../shared/secrets/redact.ts';
import type { JobContext } from '../context.ts';
import type { Routable } from './expand-event.ts';
import { payloadOf, type Reading } from './read-event.ts';

export interface Knower {
  readonly context: Pick<JobContext, 'log'>;
  readonly sources: ReadonlyMap<string, Source>;
  /** Whether somebody wants to know what events say of subjects. Default: nobody does. */
  readonly knows?: boolean;
  /** Whether whose address is whose is kept. Default: it is not. */
  readonly keepsAddresses?: boolean;
  /** The destinations that show cards → whether they do where no rule says so. Default: none does. */
  readonly cards?: ReadonlyMap<string, boolean>;
}

/**
 * What an event says of subjects, whatever rules say of it. Not what looks forged or cannot be read; where that is thrown, it says
 * nothing, and is told all the same.
 */
export async function knownBy(
  { context, sources, knows = false, keepsAddresses = false }: Knower,
  reading: Reading,
): Promise<readonly Heard[]> {
  const { event } = reading;
  const source = sources.get(event.source);
  const know = knows ? source?.know?.bind(source) : undefined;
  const addresses = keepsAddresses ? source?.addresses?.bind(source) : undefined;
  if (know === undefined && addresses === undefined) return [];
  if (reading.activity === null && reading.expansion.state !== 'skipped') return [];
  try {
    const payload = payloadOf(event, sources);
    const said = (await know?.(event.type, payload)) ?? [];
    const known = knownOf((await addresses?.(event.type, payload)) ?? []);
    return heardOf([...said, ...known], event);
  } catch (error) {
    const why = redact(error instanceof Error ? error.message : String(error));
    context.log.warn({ event: event.id }, `no card shows what it says: ${why}`);
    return [];
  }
}

/** Where what it is about has a card. */
export function cardsOf(
  { cards = new Map() }: Pick<Knower, 'cards'>,
  { activity }: Routable,
  { tell }: Decision,
): Pick<Expansion, 'cards'> {
  const { thread } = activity.keys;
  if (thread === null || cards.size === 0) return {};
  const wanted = tell.flatMap(({ destination, card }): readonly WantedCard[] => {
    const usual = cards.get(destination);
    return usual !== undefined && (card ?? usual) ? [{ destination, thread }] : [];
  });
  return wanted.length === 0 ? {} : { cards: wanted };
}
