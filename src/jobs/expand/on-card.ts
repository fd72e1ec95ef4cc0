import type { EventId } from '../../model/event.ts';
import type { Expansion, WantedCard } from '../../model/inbox/backlog.ts';
import type { Cards } from '../../model/inbox/cards.ts';
import type { Subjects } from '../../model/inbox/subjects.ts';
import type { Heard } from '../../model/known/card.ts';
import type { Decision, Trace } from '../../model/rule.ts';
import type { Knower } from './know.ts';

/** `quiet`: where a card alone is to show it, if it has one there. Absent: nowhere. */
export interface Decided extends Expansion {
  readonly quiet?: readonly WantedCard[];
}

/** Of what rules say (`thread: none`), of destinations that show cards. Pure. */
export function quietOf(
  { cards = new Map() }: Pick<Knower, 'cards'>,
  thread: string | null,
  { tell }: Decision,
): Pick<Decided, 'quiet'> {
  if (thread === null) return {};
  const told = tell.filter((telling) => telling.thread === 'none' && cards.has(telling.destination));
  return told.length === 0 ? {} : { quiet: told.map(({ destination }) => ({ destination, thread })) };
}

/**
 * What its card shows is not told besides, where a rule wants that: no notification is made. Where it has no card, since nothing is known of
 * it or the card is gone for good, it is told as ever.
 */
export async function withoutShown(
  decided: readonly Decided[],
  known: ReadonlyMap<EventId, readonly Heard[]>,
  inbox: Pick<Cards & Subjects, 'cards' | 'subjects'>,
): Promise<readonly Expansion[]> {
  const asked = decided.flatMap(({ quiet = [] }) => quiet);
  if (asked.length === 0) return decided;
  const threads = [...new Set(asked.map(({ thread }) => thread))];
  const names = [...new Set(asked.map(({ destination }) => destination))];
  const [subjects, ...cards] = await Promise.all([
    inbox.subjects(threads),
    ...names.map((name) => inbox.cards(name, threads)),
  ]);
  /** It stands, or will: it is wanted, and something is known to show. */
  const hasCard = ({ destination, thread }: WantedCard, expansion: Expansion): boolean => {
    const at = threads.indexOf(thread);
    const card = cards[names.indexOf(destination)]?.[at] ?? null;
    if (card !== null) return card.state !== 'gone';
    const isWanted = expansion.cards?.some((each) => each.destination === destination) === true;
    const heard = known.get(expansion.eventId)?.some((each) => each.thread === thread) === true;
    return isWanted && (heard || (subjects[at] ?? null) !== null);
  };
  return decided.map(({ quiet = [], ...expansion }) => {
    const shown = quiet.filter((each) => hasCard(each, expansion)).map(({ destination }) => destination);
    return shown.length === 0 ? expansion : leftTo(shown, expansion);
  });
}

function leftTo(shown: readonly string[], expansion: Expansion): Expansion {
  const notifications = expansion.notifications.filter(({ destination }) => !shown.includes(destination));
  const trace = expansion.trace && { ...withoutCalls(expansion.trace, shown), onCard: shown };
  if (notifications.length > 0) return { ...expansion, trace, notifications };
  return {
    ...expansion,
    state: 'skipped',
    trace,
    reason: `shown on its card only, in ${shown.join(', ')}`,
    notifications,
  };
}

/** A card calls nobody. */
function withoutCalls({ called = {}, ...trace }: Trace, shown: readonly string[]): Trace {
  const others = Object.entries(called).filter(([destination]) => !shown.includes(destination));
  return others.length === 0 ? trace : { ...trace, called: Object.fromEntries(others) };
}
