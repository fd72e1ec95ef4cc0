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
  const sha = text(payload, 'comment.commit_id');
  const handle = shortSha(sha) ?? sha;
  return {
    ...told(action, wordsFor(action, WORDS, 'commit comment')),
    subject: {
      noun: 'commit',
      handle,
      title: handle,
      url: linkOrNull(payload, 'comment.html_url') ?? repositoryPage(payload, `/commit/${segment(sha)}`),
    },
    excerpt: excerpt(textOrNull(payload, 'comment.body')),
    facts: [codePlace(read(payload, 'comment'))],
    occurredAt: timeOrNull(payload, 'comment.created_at'),
  };
}
