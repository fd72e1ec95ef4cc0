import { isObject, isTrue, list, read, textOrNull } from '../../../shared/payload.ts';
import { excerpt } from '../../../telling/excerpt.ts';
import { generic } from '../../../telling/generic.ts';
import { commentTold, laterTold, reviewTold } from '../../../telling/hosting/comment.ts';
import { approvalWithdrawn, changesNoLongerRequested } from '../../../telling/hosting/reviews.ts';
import { asName, branchesOf, named, type Topic, topicTold } from '../../../telling/hosting/topic.ts';
import { headlineOf, say } from '../../../telling/hosting/words.ts';
import type { Told } from '../../../telling/told.ts';
import { commentIn } from './comment.ts';
import { type BitbucketEvent, htmlPage, nameAt, numberIn, repositoryPage, timeAt } from './event.ts';
import { description } from './written.ts';

/** https://support.atlassian.com/bitbucket-cloud/docs/event-payloads/#Pull-request-events */
export function pullRequest(event: BitbucketEvent): Told {
  const { key, action, payload } = event;
  const topic = topicOf(event);
  if (topic === null)
    return generic({ name: key.replace('pullrequest', 'pull request'), action, payload, noun: 'pull request' });
  return WORDS[action ?? '']?.(topic, event) ?? unknown(topic, event);
}

type Say = (topic: Topic, event: BitbucketEvent) => Told;

const WORDS: Readonly<Partial<Record<string, Say>>> = {
  created: (topic) => topicTold(topic, { is: 'opened' }),
  updated,
  push: (topic) => topicTold(topic, { is: 'synchronize' }),
  reopened: (topic) => topicTold(topic, { is: 'reopened' }),
  fulfilled: (topic) => topicTold(topic, { is: 'merged' }),
  rejected,
  approved: (topic) => reviewTold(topic, { verdict: 'approved' }),
  unapproved: (topic) => laterTold(topic, approvalWithdrawn(named(topic))),
  changes_request_created: (topic) => reviewTold(topic, { verdict: 'changes_requested' }),
  changes_request_removed: (topic) => laterTold(topic, changesNoLongerRequested(named(topic))),
  comment_created: (topic, event) => commentTold(topic, commentIn(event, 'created')),
  comment_updated: (topic, event) => commentTold(topic, commentIn(event, 'edited')),
  comment_deleted: (topic, event) => commentTold(topic, commentIn(event, 'deleted')),
  comment_resolved: (topic, event) => thread(topic, event, 'resolved'),
  comment_reopened: (topic, event) => thread(topic, event, 'reopened'),
};

/** Null: the payload has no pull request. */
function topicOf({ payload, repo, actor, place, site }: BitbucketEvent): Topic | null {
  const pullrequest = read(payload, 'pullrequest');
  if (!isObject(pullrequest)) return null;
  const number = numberIn(pullrequest);
  const from = textOrNull(pullrequest, 'source.repository.full_name');
  const into = textOrNull(pullrequest, 'destination.repository.full_name');
  const isFork = from !== null && into !== null && from.toLowerCase() !== into.toLowerCase();
  return {
    noun: 'pull request',
    handle: number === null ? null : `#${number}`,
    title: textOrNull(pullrequest, 'title') ?? '',
    url:
      htmlPage(pullrequest) ?? repositoryPage({ place, repo, site }, number === null ? '' : `/pull-requests/${number}`),
    repo,
    author: nameAt(pullrequest, 'author'),
    actor: actor?.login ?? null,
    body: description(pullrequest),
    openedAt: timeAt(pullrequest, 'created_on'),
    closedAt: timeAt(pullrequest, 'updated_on'),
    request: {
      number: number === null ? null : Number(number),
      isDraft: isTrue(pullrequest, 'draft'),
      base: textOrNull(pullrequest, 'destination.branch.name'),
      head: textOrNull(pullrequest, 'source.branch.name'),
      fork: isFork ? (from.split('/', 1)[0] ?? null) : null,
      isFork,
      reviewers: list(pullrequest, 'reviewers').flatMap((reviewer) => nameAt({ reviewer }, 'reviewer') ?? []),
    },
  };
}

/** Bitbucket does not say what changed: commits, title, text, reviewers or the branch it goes into. */
function updated(topic: Topic): Told {
  const told = topicTold(topic, { is: 'edited' });
  const words = say(headlineOf(topic, 'updated'), `updated ${named(topic).whose}`);
  const facts = topic.request === undefined ? [] : [branchesOf(topic.request)];
  return { ...told, ...words, facts, sum: { noun: 'pull request', part: 'updated', alone: null } };
}

/** What others call closed, Bitbucket calls declined, with words of whoever did it. */
function rejected(topic: Topic, { payload }: BitbucketEvent): Told {
  const reason = excerpt(textOrNull(payload, 'pullrequest.reason'));
  const isReplaced = textOrNull(payload, 'pullrequest.state') === 'SUPERSEDED';
  const words = isReplaced
    ? say('Pull request superseded', `closed ${named(topic).whose} as superseded`)
    : say('Pull request declined', `declined ${named(topic).whose}`);
  return {
    ...topicTold(topic, { is: 'closed' }),
    ...words,
    excerpt: reason,
    isSpoken: reason !== null,
    sum: { noun: 'pull request', part: isReplaced ? 'superseded' : 'declined', alone: null },
  };
}

/** The comments on one place, as a whole. */
function thread(topic: Topic, event: BitbucketEvent, became: 'resolved' | 'reopened'): Told {
  const { author = null, place = null, url } = commentIn(event, 'created');
  const owner = author === null ? 'a' : author === topic.actor ? 'their' : `${asName(author)}'s`;
  return {
    ...laterTold(
      topic,
      say(`Review thread ${became}`, `${became} ${owner} thread on {it}`, became === 'resolved' ? 'good' : 'waiting'),
    ),
    url,
    facts: [place],
    sum: { noun: 'review thread', part: became, alone: null },
  };
}

/** What Bitbucket invents later keeps the thread and the link of its pull request. */
function unknown(topic: Topic, { key, action, payload }: BitbucketEvent): Told {
  const { headline, tone = 'neutral' } = generic({
    name: key.replace('pullrequest', 'pull request'),
    action,
    payload,
    noun: 'pull request',
  });
  return { ...topicTold(topic, { is: 'edited' }), headline, tone, did: null, facts: [], sum: null };
}
