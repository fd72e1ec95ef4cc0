import type { Sum } from '../../model/activity.ts';
import { capitalised } from '../../text/words.ts';
import { excerpt } from '../excerpt.ts';
import type { Told } from '../told.ts';
import { reviewed, reviewSum, type Verdict } from './reviews.ts';
import { asName, facetsOf, named, openedBy, type Topic, topicParts } from './topic.ts';
import { type Done, type Named, say } from './words.ts';

/** What somebody wrote about an issue, a pull or merge request. */
export interface Comment {
  readonly action: 'created' | 'edited' | 'deleted';
  /** On lines of code: a review comment. */
  readonly isOnCode?: boolean;
  readonly isReply?: boolean;
  readonly body: string | null;
  readonly url: string | null;
  /** Login of who wrote it, where somebody else edits or deletes it. */
  readonly author?: string | null;
  /** `src/upload/send.ts:14` */
  readonly place?: string | null;
}

export function commentTold(topic: Topic, comment: Comment): Told {
  const { action, isOnCode = false, isReply = false, place = null } = comment;
  const isNew = action === 'created';
  // A deleted comment's words are not repeated, and its page is gone.
  const isDeleted = action === 'deleted';
  const body = isDeleted ? null : excerpt(comment.body);
  const noun = isOnCode ? 'review comment' : 'comment';
  return {
    ...topicParts(topic),
    ...commentWords(named(topic), { action, noun, isReply, owner: ownerOf(topic.actor, comment.author ?? null) }),
    url: isDeleted ? topic.url : (comment.url ?? topic.url),
    excerpt: body,
    isSpoken: isNew && body !== null,
    facts: [place],
    sum: { noun: isNew ? noun : `${action} ${noun}`, part: null, alone: null },
    facets: facetsOf(topic),
  };
}

/** How a comment is told, whose words are said elsewhere. */
export interface CommentWords {
  readonly action: string;
  readonly noun: 'comment' | 'review comment';
  readonly isReply: boolean;
  /** Before what is edited or deleted: `hubot's`, `their`, `a`. */
  readonly owner: string;
}

export function commentWords(it: Named, { action, noun, isReply, owner }: CommentWords): Done {
  if (action !== 'created') return say(`${capitalised(noun)} ${action}`, `${action} ${owner} ${noun} on {it}`);
  const onCode = isReply ? 'Reply to review comment' : 'New review comment';
  const inThread = isReply ? `New reply in ${it.noun}` : `New comment on ${it.noun}`;
  const did = isReply ? 'replied to a comment' : 'commented';
  return say(noun === 'review comment' ? onCode : inThread, `${did} on ${it.whose}`);
}

/** What somebody wrote about a commit. */
export function commitCommentTold(
  commit: { readonly sha: string | null; readonly title: string | null; readonly url: string | null },
  { body, url, place = null }: Pick<Comment, 'body' | 'url' | 'place'>,
): Told {
  const said = excerpt(body);
  const handle = commit.sha === null ? null : commit.sha.slice(0, 7);
  return {
    headline: 'New comment on commit',
    did: 'commented on {it}',
    noun: 'commit',
    handle,
    title: commit.title ?? handle ?? '',
    url: url ?? commit.url,
    excerpt: said,
    isSpoken: said !== null,
    sum: { noun: 'comment', part: ['on a commit', 'on commits'], alone: null },
    facts: [place],
  };
}

/** Somebody's verdict on what asks to be merged, with or without words. */
export function reviewTold(
  topic: Topic,
  review: { readonly verdict: Verdict; readonly body?: string | null; readonly url?: string | null },
): Told {
  const body = excerpt(review.body ?? null);
  return {
    ...aboutReview(topic, reviewed(named(topic), review.verdict), reviewSum(review.verdict)),
    url: review.url ?? topic.url,
    excerpt: body,
    isSpoken: body !== null,
    // A review without words or verdict only carries its comments on the code, and each of them is told.
    isMinor: review.verdict === 'commented' && body === null,
  };
}

/** What becomes of a verdict later, by the words of ./reviews.ts: `approvalWithdrawn(named(topic))`. */
export function laterTold(topic: Topic, words: Done): Told {
  return aboutReview(topic, words, { noun: 'review', part: 'withdrawn', alone: null });
}

function aboutReview(topic: Topic, words: Done, sum: Sum): Told {
  const isSaid = words.did.includes("'s {it}");
  return { ...topicParts(topic), ...words, facts: [isSaid ? null : openedBy(topic)], sum, facets: facetsOf(topic) };
}

/** `hubot's`, `their`, or `a` where nobody is named. */
function ownerOf(actor: string | null, author: string | null): string {
  if (author === null) return 'a';
  return author.toLowerCase() === actor?.toLowerCase() ? 'their' : `${asName(author)}'s`;
}
