import type { ResultQuestion } from '../model/inbox/backlog.ts';
import type { Inbox } from '../model/inbox.ts';
import { withTransition } from '../route/transition.ts';
import type { Routable } from './expand-event.ts';

/**
 * Results get to know how they compare with the one before: within this batch, else as stored. Whatever is decided
 * later or again, the answer is the same: only earlier events count, and never another event of the same run.
 */
export async function compareResults(
  batch: readonly Routable[],
  stored: Pick<Inbox, 'resultsBefore'>,
): Promise<readonly Routable[]> {
  const questions = batch.flatMap(questionOf);
  if (questions.length === 0) return batch;
  const answers = await stored.resultsBefore(questions);
  const before = new Map(questions.map(({ eventId }, index) => [eventId, answers[index] ?? null]));
  return batch.map(({ event, activity }, index) => {
    const { result } = activity;
    if (result === null) return { event, activity };
    // A replayed one is stored already, perhaps with others behind it.
    const near = batch
      .slice(0, index)
      .filter((other) => other.event.replays === 0)
      .findLast((other) => other.activity.result?.key === result.key && other.activity.result.run !== result.run);
    const passedBefore = near?.activity.result?.passed ?? before.get(event.id) ?? null;
    return { event, activity: withTransition(activity, passedBefore) };
  });
}

function questionOf({ event, activity: { result } }: Routable): readonly ResultQuestion[] {
  return result === null ? [] : [{ key: result.key, run: result.run, eventId: event.id }];
}
