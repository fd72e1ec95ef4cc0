import type { EventId } from '../../../model/event.ts';
import type { Audits } from '../../../model/inbox/audits.ts';
import type { Cards } from '../../../model/inbox/cards.ts';
import type { Forgotten } from '../../../model/inbox/forgetting.ts';
import type { Mutes } from '../../../model/inbox/mutes.ts';
import type { Reminders } from '../../../model/inbox/reminders.ts';
import type { Subjects } from '../../../model/inbox/subjects.ts';
import type { Clock } from '../../../shared/clock.ts';
import { forgetFound } from '../../forget-found.ts';
import type { UpkeepThreads } from '../upkeep/upkeep-on.ts';

/** What is known of subjects, and what is shown and said of them. */
export function knownOn(
  { writer, reader }: UpkeepThreads,
  clock: Clock,
): Subjects & Cards & Mutes & Audits & Reminders {
  return {
    subjects: (threads) => writer.call('subjects', threads),
    subjectsAfter: (after, limit) => reader.use((thread) => thread.call('subjectsAfter', after, limit)),
    learn: (heard) => writer.call('learn', heard, clock.now()),
    cardsBehind: (destination, limit) => writer.call('cardsBehind', destination, limit),
    cards: (destination, threads) => writer.call('cards', destination, threads),
    noteCard: (lease, thread, note) => writer.call('noteCard', lease, thread, note, clock.now()),
    mute: (mute, audited) => writer.call('mute', mute, audited),
    unmute: (thread, whom, audited) => writer.call('unmute', thread, whom, audited),
    hasMutes: () => writer.call('hasMutes'),
    mutes: (threads, now) => writer.call('mutes', threads, now),
    mutesOf: (whom, now, limit) => writer.call('mutesOf', whom, now, limit),
    noteAudited: (audited) => writer.call('noteAudited', audited),
    audited: (since, limit) => reader.use((thread) => thread.call('audited', since, limit)),
    takeReminder: (due, owner, ttlMs) => writer.call('takeReminder', due, owner, ttlMs, clock.now()),
    endReminder: (taken, outcome, detail) => writer.call('endReminder', taken, outcome, detail, clock.now()),
    reminders: (name, limit) => writer.call('reminders', name, limit),
  };
}

/** Found on the reading thread; the writing one takes it away. Returns how many went. */
export async function forgetKnownOn({ writer, reader }: UpkeepThreads, clock: Clock, what: Forgotten): Promise<number> {
  const subjects = await forgetFound<string>(
    '',
    (after) => reader.use((thread) => thread.call('subjectsAbout', what, after)),
    (threads) => writer.call('forgetSubjects', what, threads, clock.now()),
  );
  const muted = await forgetFound<EventId>(
    0,
    (after) => reader.use((thread) => thread.call('mutedAbout', what, after)),
    (ids) => writer.call('forgetMuters', what, ids),
  );
  return subjects + muted + (await writer.call('forgetWishes', what));
}
