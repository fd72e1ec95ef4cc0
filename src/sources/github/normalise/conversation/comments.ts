import {
  linkOrNull,
  numberOrNull,
  type Payload,
  read,
  text,
  textOrNull,
  timeOrNull,
} from '../../../../shared/payload.ts';
import { commentWords } from '../../../../telling/hosting/comment.ts';
import { spaced } from '../../../../text/words.ts';
import { codePlace } from '../code/code-place.ts';
import { echoOf, excerpt, isUnchanged } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { ownerOf } from '../people.ts';
import { told, type Words, wordsFor } from '../words.ts';
import { pullRequestParts } from './pull-request.ts';
import { DISCUSSION, issueTopic, named, PULL_REQUEST, partsOf, subjectOf, type Topic } from './topic.ts';

/** Comments in the thread of an issue or a pull request. */
export function issueComment(payload: Payload): FamilyOutput {
  const topic = issueTopic(payload);
  return comment(payload, topic, { event: 'issue_comment', noun: 'comment' });
}

export function discussionComment(payload: Payload): FamilyOutput {
  const isReply = numberOrNull(payload, 'comment.parent_id') !== null;
  return comment(payload, DISCUSSION, { event: 'discussion_comment', noun: 'comment', isReply });
}

/** Comments on lines of code. Each is an event of its own, beside the review that holds it. */
export function pullRequestReviewComment(payload: Payload): FamilyOutput {
  const isReply = numberOrNull(payload, 'comment.in_reply_to_id') !== null;
  const told = comment(payload, PULL_REQUEST, {
    event: 'pull_request_review_comment',
    noun: 'review comment',
    isReply,
  });
  if (told.kind === 'skip') return told;
  return { ...told, facts: [codePlace(read(payload, 'comment'))], ...pullRequestParts(payload) };
}

interface Sort {
  readonly event: string;
  readonly noun: 'comment' | 'review comment';
  readonly isReply?: boolean;
}

/** The link leads to the comment, the title is the thread's. */
function comment(payload: Payload, topic: Topic, sort: Sort): FamilyOutput {
  const action = text(payload, 'action');
  if (action === 'edited' && isUnchanged(payload, 'comment.body')) {
    return skip(`${sort.event}.edited: the words did not change`);
  }
  const isNew = action === 'created';
  // A deleted comment's words are not repeated, and its page is gone.
  const isDeleted = action === 'deleted';
  const words = isDeleted || action === 'unpinned' ? null : excerpt(textOrNull(payload, 'comment.body'));
  return {
    ...told(action, wordsOf(payload, action, topic, sort)),
    subject: subjectOf(payload, topic, isDeleted ? null : linkOrNull(payload, 'comment.html_url')),
    excerpt: words,
    isSpoken: isNew && words !== null,
    sum: { noun: isNew ? sort.noun : `${spaced(action)} ${sort.noun}`, part: null, alone: null },
    ...partsOf(payload, topic),
    occurredAt: timeOrNull(payload, isNew ? 'comment.created_at' : 'comment.updated_at'),
    echo: echoOf(payload, 'comment.id', isNew || isDeleted ? null : 'comment.updated_at'),
  };
}

const DONE_TO_IT = new Set(['created', 'edited', 'deleted', 'pinned', 'unpinned']);

function wordsOf(payload: Payload, action: string, topic: Topic, { noun, isReply }: Sort): Words {
  const owner = ownerOf(payload, textOrNull(payload, 'comment.user.login'));
  const words = { action, noun, isReply: isReply === true, owner };
  return DONE_TO_IT.has(action) ? commentWords(named(payload, topic), words) : wordsFor(action, new Map(), noun);
}
