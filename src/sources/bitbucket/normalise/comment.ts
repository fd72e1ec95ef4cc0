import { isObject, numberOrNull, read, textOrNull } from '../../../shared/payload.ts';
import type { Comment } from '../../../telling/hosting/comment.ts';
import { type BitbucketEvent, htmlPage, nameAt } from './event.ts';
import { written } from './written.ts';

/** A comment on an issue, a pull request or a commit. */
export function commentIn({ payload }: BitbucketEvent, action: Comment['action']): Comment {
  const comment = read(payload, 'comment');
  return {
    action,
    isOnCode: isObject(read(comment, 'inline')),
    isReply: isObject(read(comment, 'parent')),
    body: written(read(comment, 'content')),
    url: htmlPage(comment),
    author: nameAt(comment, 'user'),
    place: codePlace(read(comment, 'inline')),
  };
}

/** `src/upload/send.ts:14`; of a line that is gone, where it was. */
function codePlace(inline: unknown): string | null {
  const path = textOrNull(inline, 'path');
  const line = numberOrNull(inline, 'to') ?? numberOrNull(inline, 'from');
  return path === null || line === null ? path : `${path}:${line}`;
}
