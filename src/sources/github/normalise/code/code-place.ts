import { numberOrNull, textOrNull } from '../../../../shared/payload.ts';

/** `src/upload/send.ts:14`: where in the code a comment stands. */
export function codePlace(comment: unknown): string | null {
  const path = textOrNull(comment, 'path');
  // `line` is null once the line is outdated; then the line it was written for helps most.
  const line = numberOrNull(comment, 'line') ?? numberOrNull(comment, 'original_line');
  return path === null || line === null ? path : `${path}:${line}`;
}
