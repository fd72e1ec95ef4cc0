import type { Activity } from '../model/activity.ts';
import type { StoredEvent } from '../model/event.ts';
import type { ResultQuestion } from '../model/inbox/backlog.ts';
import type { Inbox } from '../model/inbox.ts';
import { compared } from '../route/transition.ts';
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
    // A replayed one is stored already, perhaps with others behind it.
    const near = batch
      .slice(0, index)
      .filter((other) => other.event.replays === 0)
      .findLast((other) => other.activity.result?.key === result.key && other.activity.result.run !== result.run);
    const passedBefore = near?.activity.result?.passed ?? before.get(event.id) ?? null;
    return { event, ...compared(activity, passedBefore) };
  });
}

function questionOf({ event, activity: { result } }: Read): readonly ResultQuestion[] {
  return result === null ? [] : [{ key: result.key, run: result.run, eventId: event.id }];
}
