import type { NewEvent, StoredEvent } from '../../model/event.ts';
import type { Inbox } from '../../model/inbox.ts';
import { OWN_SOURCE } from '../../model/reminder.ts';
import type { Decision } from '../../model/rule.ts';
import { LATER, type Postponed } from '../../route/remind/later.ts';
import { ownEvent, ownIn } from '../remind/own-source.ts';
import type { Routable } from './expand-event.ts';

/**
 * Whatever happens right behind an event belongs to it: other reviews that are asked for, labels, a bot's comment. Nobody has looked at
 * it so soon.
 */
const SOON_MS = 2 * 60_000;

/**
 * What is told later is stored as an event of Tidings' own, under an id made of the event and the rule: decided twice, it is one. It is
 * put aside until then. What somebody replays, they want to see at once.
 */
export function laterEvents({ event, activity }: Routable, { later = [] }: Decision, now: number): readonly NewEvent[] {
  const { id, receivedAt, replays } = event;
  return later.map(({ rule, afterMs, people }) => {
    const again = replays > 0 ? `#replay-${replays}` : '';
    const { keys } = activity;
    const postponed: Postponed = {
      rule,
      people,
      until: replays > 0 ? now : now + afterMs,
      unless: replays > 0 ? null : { eventId: id, receivedAt },
      activity: { ...activity, keys: { ...keys, dedup: `${keys.dedup}${again}` } },
    };
    return ownEvent(`${LATER} ${id} ${rule}${again}`, LATER, { postponed }, now);
  });
}

/** Null: it is none of these. */
export function postponedIn(event: StoredEvent): Postponed | null {
  if (event.source !== OWN_SOURCE || event.type !== LATER) return null;
  const said = ownIn(event);
  return 'postponed' in said ? said.postponed : null;
}

/** In words: what has happened of its thread since, as far as its source says what is known of it. Null: nothing has. */
export async function whatHappened(
  { unless, activity }: Postponed,
  inbox: Pick<Inbox, 'subjects'>,
): Promise<string | null> {
  const { thread } = activity.keys;
  if (unless === null || thread === null) return null;
  const [subject] = await inbox.subjects([thread]);
  const isSince = Object.values(subject?.facts ?? {}).some(
    ({ eventId, at }) => eventId > unless.eventId && at > unless.receivedAt + SOON_MS,
  );
  return isSince ? 'something happened since' : null;
}
