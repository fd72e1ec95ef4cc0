import { linkOrNull, type Payload, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { echoOf, excerpt, isUnchanged } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { besideActor } from '../people.ts';
import { told, wordsFor, wordTable } from '../words.ts';
import { isOnPullRequest, issueParts, issueSubject } from './issue-parts.ts';

const WORDS = wordTable({
  created: ['New comment on issue', 'commented on {it}'],
  edited: ['Comment edited', 'edited a comment on {it}'],
  deleted: ['Comment deleted', 'deleted a comment on {it}'],
  pinned: ['Comment pinned', 'pinned a comment on {it}'],
  unpinned: ['Comment unpinned', 'unpinned a comment on {it}'],
});

/** Comments in the thread of an issue or a pull request; the link leads to the comment, the title is the thread's. */
export function issueComment(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  if (action === 'edited' && isUnchanged(payload, 'comment.body')) {
    return skip('issue_comment.edited: the words did not change');
  }
  const words = wordsFor(action, WORDS, 'comment');
  const isNewOnPullRequest = action === 'created' && isOnPullRequest(payload);
  // A deleted comment's words are not repeated, and its page is gone.
  const isDeleted = action === 'deleted';
  return {
    ...told(action, isNewOnPullRequest ? { ...words, headline: 'New comment on pull request' } : words),
    subject: issueSubject(payload, isDeleted ? null : linkOrNull(payload, 'comment.html_url')),
    excerpt: isDeleted || action === 'unpinned' ? null : excerpt(textOrNull(payload, 'comment.body')),
    facts: [besideActor(payload, 'written by', 'comment.user.login')],
    ...issueParts(payload),
    occurredAt: timeOrNull(payload, action === 'created' ? 'comment.created_at' : 'comment.updated_at'),
    echo: echoOf(payload, 'comment.id', action === 'created' || isDeleted ? null : 'comment.updated_at'),
  };
}
