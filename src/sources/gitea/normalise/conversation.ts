import { read, textOrNull } from '../../../shared/payload.ts';
import { generic } from '../../../telling/generic.ts';
import { commentTold, reviewTold } from '../../../telling/hosting/comment.ts';
import type { Verdict } from '../../../telling/hosting/reviews.ts';
import type { Told } from '../../../telling/told.ts';
import { verdictIn } from '../contradiction.ts';
import { type GiteaEvent, htmlPage, loginAt } from './event.ts';
import { topicOf } from './topic.ts';

const ACTIONS = ['created', 'edited', 'deleted'] as const;

/** Comments in the thread of an issue or a pull request. */
export function issueComment(event: GiteaEvent): Told {
  const { action, payload } = event;
  const topic = topicOf(event);
  const known = ACTIONS.find((one) => one === action);
  if (topic === null || known === undefined) return generic({ name: `issue comment.${action ?? ''}`, action, payload });
  const comment = read(payload, 'comment');
  return commentTold(topic, {
    action: known,
    body: textOrNull(comment, 'body'),
    url: htmlPage(comment),
    author: loginAt(comment, 'user'),
  });
}

const VERDICTS: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  ['approved', 'approved'],
  ['rejected', 'changes_requested'],
  ['comment', 'commented'],
]);

/** Somebody's verdict on a pull request, with or without words. */
export function review(event: GiteaEvent): Told {
  const { type, action, payload } = event;
  const topic = topicOf(event);
  if (topic === null)
    return generic({ name: type.replace('_request', ' request'), action, payload, noun: 'pull request' });
  const said = verdictIn(payload) ?? type.replace(/^.*_/, '');
  return reviewTold(topic, { verdict: VERDICTS.get(said) ?? 'commented', body: textOrNull(payload, 'review.content') });
}
