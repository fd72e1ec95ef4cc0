import type { Fact, Known } from '../../../model/known/card.ts';
import { countOf, factsAt, ranked } from '../../../model/known/said.ts';
import {
  isObject,
  isTrue,
  list,
  type Payload,
  read,
  textOrNull,
  textsIn,
  timeOrNull,
} from '../../../shared/payload.ts';
import { threadAt, threadOf } from '../thread.ts';
import { didIn, isMerged } from './did.ts';
import { reviewFacts } from './review.ts';
import { type State, snapshotFacts } from './topic.ts';

/** GitHub lets fewer be asked of one pull request. */
const MOST_ASKED = 100;

/** What events of pull requests, of their reviews and of comments on their code say. */
export function knowPullRequest(type: string, payload: Payload): readonly Known[] {
  const thread = threadOf(payload);
  if (thread === null || !isObject(read(payload, 'pull_request'))) return [];
  return [{ thread, facts: [...pullRequestFacts(type, payload), ...askedFacts(type, payload)] }];
}

function pullRequestFacts(type: string, payload: Payload): readonly Fact[] {
  const root = 'pull_request';
  const changed = timeOrNull(payload, `${root}.updated_at`);
  const facts = snapshotFacts(payload, {
    root,
    noun: 'pull request',
    state: stateOf(payload),
    comments: countOf(payload, `${root}.comments`),
    did: didIn(type, payload),
    didAt: timeOfDeed(type, payload),
    more: {
      base: textOrNull(payload, `${root}.base.ref`) ?? undefined,
      head: textOrNull(payload, `${root}.head.ref`) ?? undefined,
      checks: threadAt(payload, textOrNull(payload, `${root}.head.sha`)) ?? undefined,
      additions: countOf(payload, `${root}.additions`),
      deletions: countOf(payload, `${root}.deletions`),
      files: countOf(payload, `${root}.changed_files`),
    },
  });
  return type === 'pull_request_review' ? [...facts, ...reviewFacts(payload, changed)] : facts;
}

function stateOf(payload: Payload): State | undefined {
  const request = read(payload, 'pull_request');
  if (isMerged(request)) return 'merged';
  const state = textOrNull(request, 'state');
  if (state === 'closed') return 'closed';
  if (state !== 'open') return undefined;
  return isTrue(request, 'draft') ? 'draft' : 'open';
}

/** Reviews and comments have a time of their own. */
function timeOfDeed(type: string, payload: Payload): number | null {
  if (type === 'pull_request_review_comment') return timeOrNull(payload, 'comment.created_at');
  if (type !== 'pull_request_review' || textOrNull(payload, 'action') !== 'submitted') return null;
  return timeOrNull(payload, 'review.submitted_at');
}

/**
 * Whose review is asked for: the snapshot lists them all, and an event names whom it is about. Only what names somebody says since when
 * they are asked: a push or a label says anew that they are, and nobody waits the less for it.
 */
function askedFacts(type: string, payload: Payload): readonly Fact[] {
  const changed = timeOrNull(payload, 'pull_request.updated_at');
  const action = textOrNull(payload, 'action');
  const at = ranked(changed, action === 'opened' ? 0 : 1);
  const named = type === 'pull_request' ? reviewerNamed(payload) : null;
  const isWithdrawn = action === 'review_request_removed';
  // A snapshot taken in the middle may still list who has just reviewed, or was just taken from the list.
  const isReviewed = type === 'pull_request_review' && action === 'submitted';
  const gone = isReviewed ? textOrNull(payload, 'review.user.login') : isWithdrawn ? named : null;
  const asked = new Set(askedIn(payload).filter((name) => name !== gone));
  if (named !== null && action === 'review_requested') asked.add(named);
  const isListed = Array.isArray(read(payload, 'pull_request.requested_reviewers'));
  const isNew = (name: string) => action === 'opened' || (action === 'review_requested' && name === named);
  return [
    ...factsAt(at, { asked: isListed ? [...asked] : undefined }),
    ...[...asked].filter(isNew).flatMap((name) => factsAt(at, { [`asked:${name}`]: true })),
    ...(named !== null && isWithdrawn ? factsAt(ranked(changed, 2), { [`asked:${named}`]: null }) : []),
  ];
}

function askedIn(payload: Payload): readonly string[] {
  const people = textsIn(payload, 'pull_request.requested_reviewers', 'login');
  const teams = list(payload, 'pull_request.requested_teams').map((team) =>
    teamName(payload, textOrNull(team, 'slug')),
  );
  return [...people, ...teams.filter((name) => name !== null)].slice(0, MOST_ASKED);
}

/** Whom a request of this event is about. */
export function reviewerNamed(payload: Payload): string | null {
  return (
    textOrNull(payload, 'requested_reviewer.login') ?? teamName(payload, textOrNull(payload, 'requested_team.slug'))
  );
}

/** `acme/backend`, as rules and mentions name teams. */
function teamName(payload: Payload, slug: string | null): string | null {
  const org = textOrNull(payload, 'organization.login') ?? textOrNull(payload, 'repository.owner.login');
  return slug === null || org === null ? null : `${org}/${slug}`;
}
