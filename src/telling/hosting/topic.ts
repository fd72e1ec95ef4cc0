import type { Facets } from '../../model/facets.ts';
import { counted, enumerated, grouped, joined } from '../../text/words.ts';
import { excerpt } from '../excerpt.ts';
import { asWords } from '../parts.ts';
import type { Told } from '../told.ts';
import { branchesOf, cameFrom, type MergeRequest, sizeOf } from './request.ts';
import { topicSum } from './sums.ts';
import * as words from './words.ts';

export { branchesOf, type MergeRequest } from './request.ts';

/** An issue, or what asks to be merged, as its provider's payload has it. Logins are as the provider names people. */
export interface Topic {
  /** `issue`, `pull request`, `merge request`, `incident`: as its provider calls it. */
  readonly noun: string;
  /** `#12`, `!12` */
  readonly handle: string | null;
  readonly title: string;
  readonly url: string | null;
  /** The repository's name, for the thread: `acme/api!12`. */
  readonly repo: string | null;
  /** Login of who opened it. */
  readonly author: string | null;
  /** Login of who does this to it. */
  readonly actor: string | null;
  /** What its author wrote: said where it is new. */
  readonly body?: string | null;
  readonly labels?: readonly string[];
  /** Logins. */
  readonly assignees?: readonly string[];
  readonly milestone?: string | null;
  /** ms since 1970 */
  readonly openedAt?: number | null;
  readonly closedAt?: number | null;
  /** What only a pull or merge request has. */
  readonly request?: MergeRequest;
}

/** What was done to it. Names of people are as sentences say them; those of the actor become `themselves`. */
export type Change =
  | {
      readonly is:
        | 'opened'
        | 'merged'
        | 'reopened'
        | 'deleted'
        | 'ready_for_review'
        | 'converted_to_draft'
        | 'synchronize'
        | 'renamed'
        | 'edited'
        | 'unlocked'
        | 'auto_merge_enabled'
        | 'auto_merge_disabled';
      /** Of what was renamed: its title before. */
      readonly was?: string | null;
    }
  /** `reason`: `completed`, `not_planned`, `duplicate`. */
  | { readonly is: 'closed'; readonly reason?: string | null }
  /** `to`: into which branch now; without it, its own base. */
  | { readonly is: 'retargeted'; readonly from: string; readonly to?: string | null }
  | {
      readonly is: 'assigned' | 'unassigned' | 'review_requested' | 'review_request_removed';
      /** Logins; none: nobody says who. */
      readonly whom: readonly string[];
    }
  | {
      readonly is: 'labeled' | 'unlabeled' | 'milestoned' | 'demilestoned' | 'locked';
      /** Of labels and the milestone; of what is locked, why. */
      readonly names: readonly string[];
    };

/** As GitHub tells it: `mona merged hubot's merge request !12 into main`. */
export function topicTold(topic: Topic, change: Change): Told {
  const { request } = topic;
  const isSized = SIZED.has(change.is);
  const showsBody = change.is === 'opened' || (change.is === 'ready_for_review' && request !== undefined);
  return {
    ...wordsFor(topic, change),
    ...topicParts(topic),
    excerpt: showsBody ? excerpt(topic.body ?? null) : null,
    facts: [
      ...factsFor(topic, change),
      request === undefined ? null : change.is === 'merged' ? cameFrom(request) : branchesOf(request),
      ...(request === undefined || !isSized ? [] : sizeOf(request, change.is === 'synchronize')),
    ],
    sum: topicSum(change.is, topic),
    facets: { ...facetsOf(topic), ...askedFacet(change) },
    burst:
      change.is === 'synchronize' && request?.isDraft === true && topic.actor !== null
        ? `synchronize ${threadOf(topic)} ${topic.actor}`
        : null,
  };
}

/** What every event about it says of it: comments and reviews too. */
export function topicParts(topic: Topic): Pick<Told, 'noun' | 'handle' | 'title' | 'url' | 'thread'> {
  const { noun, handle, title, url } = topic;
  return { noun, handle, title, url, thread: threadOf(topic) };
}

/** What rules ask of every event about it. */
export function facetsOf({ labels, assignees, author, request }: Topic): Partial<Facets> {
  return {
    labels: labels ?? [],
    assignees: assignees ?? [],
    author,
    ...(request && {
      branch: request.base ?? null,
      head: request.head ?? null,
      isDraft: request.isDraft === true,
      isFork: request.isFork === true,
      reviewers: request.reviewers ?? [],
      pullRequest: request.number,
    }),
  };
}

/** For the words of ./words.ts. */
export function named({ noun, handle, author, actor }: Topic): words.Named {
  const isOthers = handle !== null && author !== null && author.toLowerCase() !== actor?.toLowerCase();
  return { noun, whose: isOthers ? `${asName(author)}'s {it}` : '{it}' };
}

/** `opened by hubot`, where the sentence does not say whose it is. */
export function openedBy({ author, actor }: Topic): string | null {
  return author === null || author.toLowerCase() === actor?.toLowerCase() ? null : `opened by ${author}`;
}

/** `acme/api!12` */
function threadOf({ repo, handle }: Topic): string | null {
  return repo === null || handle === null ? null : `${repo.toLowerCase()}${handle}`;
}

const DAY_MS = 86_400_000;

/** `open for 12 days`; hours say little. */
export function openFor(opened: number | null, closedAt: number | null): string | null {
  if (opened === null || closedAt === null) return null;
  const days = Math.floor((closedAt - opened) / DAY_MS);
  return days < 1 ? null : `open for ${counted(days, 'day')}`;
}

const SIZED: ReadonlySet<string> = new Set<Change['is']>([
  'opened',
  'merged',
  'reopened',
  'ready_for_review',
  'review_requested',
  'synchronize',
]);

function wordsFor(topic: Topic, change: Change): words.Done {
  const it = named(topic);
  switch (change.is) {
    case 'opened':
      return topic.request?.isDraft === true ? words.openedAsDraft(it, topic.handle !== null) : words.opened(it);
    case 'merged':
      return words.merged(it, topic.request?.base ?? null);
    case 'closed':
      return words.closed(it, change.reason ?? null);
    case 'retargeted':
      return words.retargeted(it, change.from, change.to ?? topic.request?.base ?? null);
    case 'assigned':
    case 'unassigned':
    case 'review_requested':
    case 'review_request_removed':
      return PEOPLE[change.is](it, whom(topic, change.whom));
    case 'labeled':
    case 'unlabeled':
      return NAMING[change.is](it, listed(change.names), change.names.length > 1);
    case 'milestoned':
    case 'demilestoned':
    case 'locked':
      return NAMING[change.is](it, listed(change.names));
    default:
      return PLAIN[change.is](it);
  }
}

const PEOPLE = {
  assigned: words.assigned,
  unassigned: words.unassigned,
  review_requested: words.reviewAsked,
  review_request_removed: words.reviewWithdrawn,
};

const NAMING = {
  labeled: words.labeled,
  unlabeled: words.unlabeled,
  milestoned: words.milestoned,
  demilestoned: words.demilestoned,
  locked: words.locked,
};

const PLAIN = {
  reopened: words.reopened,
  deleted: words.deleted,
  ready_for_review: words.readyForReview,
  converted_to_draft: words.backToDraft,
  synchronize: words.pushedTo,
  renamed: words.renamed,
  edited: words.descriptionEdited,
  unlocked: words.unlocked,
  auto_merge_enabled: words.autoMergeOn,
  auto_merge_disabled: words.autoMergeOff,
};

function factsFor(topic: Topic, change: Change): readonly (string | null)[] {
  switch (change.is) {
    case 'opened':
      return [assignedTo(topic), reviewersOf(topic), topic.milestone ? `milestone ${topic.milestone}` : null];
    case 'ready_for_review':
      return [reviewersOf(topic)];
    case 'closed':
      return [openFor(topic.openedAt ?? null, topic.closedAt ?? null)];
    case 'renamed':
      return [change.was ? `was: ${asWords(change.was)}` : null, openedBy(topic)];
    case 'assigned':
    case 'unassigned':
    case 'review_request_removed':
    case 'retargeted':
    case 'edited':
      return [openedBy(topic)];
    default:
      return [];
  }
}

function assignedTo({ assignees }: Topic): string | null {
  const names = enumerated((assignees ?? []).map(asName));
  return names === null ? null : `assigned to ${names}`;
}

function reviewersOf({ request }: Topic): string | null {
  const names = enumerated((request?.reviewers ?? []).map(asName));
  return names === null ? null : `asked ${names} for review`;
}

function askedFacet(change: Change): Partial<Facets> {
  return change.is === 'assigned' || change.is === 'review_requested' ? { asked: change.whom } : {};
}

function whom({ actor }: Topic, logins: readonly string[]): string {
  const isOwn = logins.length === 1 && actor !== null && logins[0]?.toLowerCase() === actor.toLowerCase();
  return isOwn ? words.THEMSELVES : listed(logins.map(asName));
}

const NAMES_SAID = 3;

/** `api, web and 4 more`: as part of a `did`. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SAID).map(asWords);
  const hidden = names.length - shown.length;
  return joined(hidden > 0 ? [...shown, `${grouped(hidden)} more`] : shown);
}

/** A login as people say it, as part of a `did`: a bot's without the mark behind it. */
export function asName(login: string): string {
  return asWords(login.replace(/\[bot\]$/, ''));
}
