import type { Fact, Known } from '../../../model/known/card.ts';
import { factsAt, ranked } from '../../../model/known/said.ts';
import { isObject, type Payload, read, textOrNull, timeOrNull } from '../../../shared/payload.ts';
import { knowPullRequest, reviewerNamed } from './pull-request.ts';
import { reviewFacts } from './review.ts';

/**
 * What GitHub's API says of an open pull request and of what happened to it: what its events said of it, each from when on it is so. Whichever
 * of both is heard first, the end is the same. Pure; never throws.
 * https://docs.github.com/en/rest/pulls/pulls#list-pull-requests,
 * https://docs.github.com/en/rest/using-the-rest-api/issue-event-types
 */
export function knowListed(pullRequest: unknown, timeline: readonly unknown[]): readonly Known[] {
  const payload = { pull_request: pullRequest, repository: read(pullRequest, 'base.repo') };
  return knowPullRequest('pull_request', payload).map(({ thread, facts }) => ({
    thread,
    facts: [...facts, ...timeline.filter(isObject).flatMap((each) => factsOf(each, payload))],
  }));
}

function factsOf(happened: Payload, payload: Payload): readonly Fact[] {
  const event = textOrNull(happened, 'event');
  if (event === 'reviewed') {
    if (timeOrNull(happened, 'submitted_at') === null) return [];
    const action = textOrNull(happened, 'state') === 'dismissed' ? 'dismissed' : 'submitted';
    return reviewFacts({ ...payload, action, review: happened }, null);
  }
  const at = timeOrNull(happened, 'created_at');
  if (at === null) return [];
  const named = reviewerNamed({ ...happened, repository: payload['repository'] });
  switch (event) {
    case 'review_requested':
      return named === null ? [] : factsAt(ranked(at, 1), { [`asked:${named}`]: true });
    case 'review_request_removed':
      return named === null ? [] : factsAt(ranked(at, 2), { [`asked:${named}`]: null });
    case 'ready_for_review':
    case 'convert_to_draft':
      return factsAt(ranked(at, 1), { opened: true });
    case 'reopened':
      return factsAt(ranked(at, 3), { opened: true });
    default:
      return [];
  }
}
