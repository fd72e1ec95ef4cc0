/**
 * What is wrong with a token that is to stand in a header, as a predicate. Undefined: nothing. The token itself is never
 * repeated: `fetch` would, in the error with which it refuses such a header.
 */
export function tokenProblem(text: string): string | undefined {
  if (/[\r\n]/.test(text)) return 'has a line break inside: give it on one line, as it was issued.';
  if (/\s/.test(text)) return 'has a blank inside: copy it again, without what stands around it.';
  if (!/^[\x21-\x7e]+$/.test(text)) return 'has a character inside that no token has: copy it again, as plain text.';
  if (/^(["'`]).*\1$/.test(text)) return 'stands in quotes that are taken as part of it: leave them out.';
  return undefined;
}

/** Of a webhook's secret: it signs, and stands in no header, so blanks are its own. A line break comes from a file. */
export function signingSecretProblem(text: string): string | undefined {
  return /\p{Cc}/u.test(text)
    ? 'has a line break or another control character inside: give it on one line.'
    : undefined;
}
