import type { Activity, Compared } from '../../model/activity.ts';
import type { StoredEvent } from '../../model/event.ts';
import type { ResultBefore, ResultQuestion } from '../../model/inbox/backlog.ts';
import type { Inbox } from '../../model/inbox.ts';
import { mayPrecede } from '../../model/may-precede.ts';
import { compared } from '../../route/transition.ts';
import type { Routable } from './expand-event.ts';

interface Read {
  readonly event: StoredEvent;
  readonly activity: Activity;
}

/**
 * Results get to know how they compare with the one before: within this batch, else as stored. Whatever is decided
 * later or again, the answer is the same: only earlier events count, and never another event of the same run.
 */
export async function compareResults(
  batch: readonly Read[],
  stored: Pick<Inbox, 'resultsBefore'>,
): Promise<readonly Routable[]> {
  const questions = batch.flatMap(questionOf);
  const answers = questions.length === 0 ? [] : await stored.resultsBefore(questions);
  const before = new Map(questions.map(({ eventId }, index) => [eventId, answers[index] ?? null]));
  return batch.map(({ event, activity }, index) => {
    const { result } = activity;
    if (result === null) return { event, activity, transition: null };
    const last = before.get(event.id) ?? null;
    // What was replayed, released or settled is an old event, perhaps with others behind it that are stored.
    const near = batch.slice(0, index).filter(({ event: { id }, activity: { result: other } }) => {
      return id > (last?.eventId ?? 0) && mayPrecede(other, result);
    });
    return { event, ...comparedWith(after(last, near), event, activity) };
  });
}

/** What comes before, once these have come too. */
function after(stored: ResultBefore | null, near: readonly Read[]): ResultBefore | null {
  return near.reduce(
    (before, { event, activity }) => followed(before, activity.result?.passed ?? false, event),
    stored,
  );
}

/** What comes before whatever follows this result. */
export function followed(before: ResultBefore | null, passed: boolean, event: Received): ResultBefore {
  if (passed) return { eventId: event.id, passed, failingSince: null };
  return { eventId: event.id, passed, failingSince: before?.passed === false ? before.failingSince : receiptOf(event) };
}

/** How what this event brings compares with what came before. */
export function comparedWith(before: ResultBefore | null, event: Received, activity: Activity): Compared {
  const [from, to] = [before?.failingSince ?? null, receiptOf(event)];
  return compared(activity, before?.passed ?? null, from === null || to === null ? null : to - from);
}

type Received = Pick<StoredEvent, 'id' | 'origin' | 'receivedAt'>;

/** What was polled or recovered came at a time that says nothing of when it happened. */
function receiptOf({ origin, receivedAt }: Received): number | null {
  return origin === 'webhook' ? receivedAt : null;
}

function questionOf({ event, activity: { result } }: Read): readonly ResultQuestion[] {
  return result === null ? [] : [{ key: result.key, run: result.run, eventId: event.id, passed: result.passed }];
}
