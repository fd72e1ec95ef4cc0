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

type Inbox = Pick<Cards & Subjects, 'cards' | 'subjects'>;

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
  inbox: Inbox,
): Promise<readonly Expansion[]> {
  return Promise.all(
    decided.map(async ({ quiet = [], ...expansion }) => {
      const heard = known.get(expansion.eventId) ?? [];
      const has = await Promise.all(quiet.map((card) => hasCard(card, { expansion, heard, inbox })));
      const shown = quiet.filter((_, index) => has[index]).map(({ destination }) => destination);
      return shown.length === 0 ? expansion : leftTo(shown, expansion);
    }),
  );
}

interface Given {
  readonly expansion: Expansion;
  readonly heard: readonly Heard[];
  readonly inbox: Inbox;
}

/** It stands, or will: it is wanted, and something is known to show. */
async function hasCard({ destination, thread }: WantedCard, { expansion, heard, inbox }: Given): Promise<boolean> {
  const [card = null] = await inbox.cards(destination, [thread]);
  if (card !== null) return card.state !== 'gone';
  if (expansion.cards?.some((each) => each.destination === destination) !== true) return false;
  if (heard.some((each) => each.thread === thread)) return true;
  const [subject = null] = await inbox.subjects([thread]);
  return subject !== null;
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
