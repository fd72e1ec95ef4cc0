import { linkOrNull, type Payload, read, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { excerpt, repositoryPage } from '../common.ts';
import type { FamilyOutput } from '../family.ts';
import { segment } from '../places.ts';
import { told, wordsFor, wordTable } from '../words.ts';
import { codePlace } from './code-place.ts';
import { shortSha } from './ref.ts';

const WORDS = wordTable({ created: ['New comment on commit', 'commented on {it}'] });

/** The payload knows the commit by its id alone. */
export function commitComment(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const sha = textOrNull(payload, 'comment.commit_id');
  const handle = shortSha(sha);
  const body = excerpt(textOrNull(payload, 'comment.body'));
  return {
    ...told(action, wordsFor(action, WORDS, 'commit comment')),
    subject: {
      noun: 'commit',
      handle,
      title: handle ?? '',
      url:
        linkOrNull(payload, 'comment.html_url') ??
        repositoryPage(payload, sha === null ? '' : `/commit/${segment(sha)}`),
    },
    excerpt: body,
    isSpoken: body !== null,
    sum: { noun: 'comment', part: ['on a commit', 'on commits'], alone: null },
    facts: [codePlace(read(payload, 'comment'))],
    occurredAt: timeOrNull(payload, 'comment.created_at'),
  };
}
