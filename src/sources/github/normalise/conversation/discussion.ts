import type { Subject } from '../../../../model/activity.ts';
import { linkOrNull, number, type Payload, read, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { excerpt, isUnchanged, labelsOf, repositoryPage } from '../common.ts';
import { type ActivityParts, type FamilyOutput, type Skipped, skip } from '../family.ts';
import { besideActor } from '../people.ts';
import { told, wordsFor, wordTable } from '../words.ts';
import { WORDING, type Wording } from './discussion-words.ts';
import { threadAt } from './issue-parts.ts';

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#discussion */
export function discussion(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const wording: Wording | Skipped = WORDING.get(action)?.(payload) ?? wordsFor(action, new Map(), 'discussion');
  if ('kind' in wording) return wording;
  return {
    ...told(action, wording),
    subject: subjectOf(payload, pageAfter(payload, action)),
    excerpt: excerpt(wording.words ?? null),
    facts: wording.facts ?? [],
    ...partsOf(payload),
    occurredAt: timeOrNull(payload, `discussion.${TIME.get(action) ?? 'updated_at'}`),
  };
}

const TIME: ReadonlyMap<string, string> = new Map([
  ['created', 'created_at'],
  ['answered', 'answer_chosen_at'],
]);

/** The link leads to the answer, to where it was moved, to the list when it is gone; null: to its own page. */
function pageAfter(payload: Payload, action: string): string | null {
  if (action === 'deleted') return repositoryPage(payload, '/discussions');
  if (action === 'transferred') return linkOrNull(payload, 'changes.new_discussion.html_url');
  return action === 'answered' ? linkOrNull(payload, 'answer.html_url') : null;
}

const COMMENT_WORDS = wordTable({
  created: ['New comment on discussion', 'commented on {it}'],
  replied: ['New reply in discussion', 'replied in {it}'],
  edited: ['Comment edited', 'edited a comment on {it}'],
  deleted: ['Comment deleted', 'deleted a comment on {it}'],
});

export function discussionComment(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  if (action === 'edited' && isUnchanged(payload, 'comment.body')) {
    return skip('discussion_comment.edited: the words did not change');
  }
  const isReply = action === 'created' && typeof read(payload, 'comment.parent_id') === 'number';
  const isDeleted = action === 'deleted';
  return {
    ...told(action, wordsFor(isReply ? 'replied' : action, COMMENT_WORDS, 'comment')),
    // A deleted comment's words are not repeated, and its page is gone.
    subject: subjectOf(payload, isDeleted ? null : linkOrNull(payload, 'comment.html_url')),
    excerpt: isDeleted ? null : excerpt(textOrNull(payload, 'comment.body')),
    facts: [besideActor(payload, 'written by', 'comment.user.login')],
    ...partsOf(payload),
    occurredAt: timeOrNull(payload, action === 'created' ? 'comment.created_at' : 'comment.updated_at'),
  };
}

function subjectOf(payload: Payload, url: string | null): Subject {
  const handle = number(payload, 'discussion.number');
  return {
    noun: 'discussion',
    handle: `#${handle}`,
    title: text(payload, 'discussion.title'),
    url: url ?? linkOrNull(payload, 'discussion.html_url') ?? repositoryPage(payload, `/discussions/${handle}`),
  };
}

/** Discussions are numbered in one row with issues and pull requests. */
function partsOf(payload: Payload): Pick<ActivityParts, 'labels' | 'author' | 'thread'> {
  return {
    labels: labelsOf(payload, 'discussion.labels'),
    author: textOrNull(payload, 'discussion.user.login'),
    thread: threadAt(payload, 'discussion.number'),
  };
}
