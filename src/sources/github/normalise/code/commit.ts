import { textOrNull } from '../../../../shared/payload.ts';
import { wordsWithin } from '../../../../text/plain.ts';
import { firstLine } from '../common.ts';
import { shortSha } from './ref.ts';

const TITLE_LIMIT = 120;
/** GitHub keeps trailers at the end of a message; more of it is not searched. */
const TRAILERS_READ = 4_000;
/** GitHub's own words, above the pull request's title. */
const MERGE = /^Merge pull request #(\d{1,10}) from [^\n]*\n\s*(\S[^\n]*)/;
/** As GitHub writes it behind the title of what it squashes. */
export const PULL_REQUEST_AT_END = / \(#(\d{1,10})\)$/;
const NOREPLY = /^(?:\d{1,12}\+)?([^@\s]{1,60})@users\.noreply\.github\.com$/i;
const CO_AUTHOR = /^co-authored-by:[ \t]{0,9}([^<\n]{0,100})<([^>\n]{0,200})>/gim;

/** The pull request that a merge commit of GitHub's merges. Null: it is none, or has no title. */
export function mergeOf(message: string): { readonly number: number; readonly title: string } | null {
  const [, number, title] = MERGE.exec(message) ?? [];
  return title === undefined ? null : { number: Number(number), title: title.trimEnd() };
}

/**
 * `Update README.md`: a commit's first line; a merge by its pull request, `Retry uploads (#230)`. '' for none. What is cut keeps
 * the number of its pull request.
 */
export function commitTitle(message: string | null, max = TITLE_LIMIT): string {
  const merge = mergeOf(message ?? '');
  const title = merge === null ? firstLine(message ?? '') : `${merge.title} (#${merge.number})`;
  if (title.length <= max) return title;
  const number = PULL_REQUEST_AT_END.exec(title.slice(-20))?.[0] ?? '';
  return `${wordsWithin(title, max - number.length)}${number}`;
}

/** `0d95302 Update README.md`: which commit; '' where nothing is known of it. */
export function commitLine(sha: string | null, message: string | null): string {
  return [shortSha(sha), commitTitle(message)].filter(Boolean).join(' ');
}

/** Whoever wrote a commit: by their login where GitHub or their address says it, else by the name that git has. */
export function authorName(author: unknown): string | null {
  return (
    textOrNull(author, 'login') ??
    textOrNull(author, 'username') ??
    NOREPLY.exec(textOrNull(author, 'email') ?? '')?.[1] ??
    textOrNull(author, 'name')
  );
}

/** Those that the `Co-authored-by:` trailers name, each once. */
export function coAuthors(message: string | null): readonly string[] {
  const trailers = [...(message ?? '').slice(-TRAILERS_READ).matchAll(CO_AUTHOR)];
  const names = trailers.map(([, name = '', email = '']) => authorName({ email: email.trim(), name: name.trim() }));
  return [...new Set(names.filter((name) => name !== null))];
}
