import { wordsWithin } from '../../text/plain.ts';
import { grouped } from '../../text/words.ts';
import { shortSha } from './ref.ts';

/** One of a push's commits. */
export interface Commit {
  readonly sha: string | null;
  /** Its page. */
  readonly url: string | null;
  readonly message: string | null;
  /** Who wrote it, as people say it; null where that is the pusher, or nobody is named. */
  readonly author: string | null;
  /** `with priya-k`: those that they wrote it with. */
  readonly others?: string | null;
}

const TITLE_LIMIT = 120;
/** Git's own advice is 50 characters, hosts show 72. */
const LISTED_LIMIT = 80;
/** Of many: those that began it, and those that ended it, a merge mostly. */
const OLDEST = 2;
const NEWEST = 3;
/** What may stand in a link's brackets as it is; no longer address is a commit's. */
const ADDRESS = /^https?:\/\/[^\s()<>[\]\\]{1,300}$/;

/** What hosts write above the title of what they merge, or below it: `#12`, `!12`. */
const MERGES: readonly RegExp[] = [
  /^Merge pull request (?<of>#\d{1,10}) from [^\n]*\n\s*(?<title>\S[^\n]*)/,
  /^Merged in [^\n]{1,200} \(pull request (?<of>#\d{1,10})\)\n\s*(?<title>\S[^\n]*)/,
  /^Merge branch '[^\n]{1,300}\n\s*(?<title>\S[^\n]*)\n[^]{0,20000}?^See merge request [^\s!]{0,300}(?<of>!\d{1,10})\s*$/m,
];
/** As hosts write it behind the title of what they squash. */
export const REQUEST_AT_END = / \(([#!]\d{1,10})\)$/;

/** The request that a host's own merge commit merges: `#12` and its title. Null: it is none, or has no title. */
export function mergeOf(message: string): { readonly of: string; readonly title: string } | null {
  for (const merge of MERGES) {
    const { of, title } = merge.exec(message)?.groups ?? {};
    if (of !== undefined && title !== undefined) return { of, title: title.trimEnd() };
  }
  return null;
}

/**
 * `Update README.md`: a commit's first line; a merge by its request, `Retry uploads (#230)`. '' for none. What is cut keeps the
 * number of its request.
 */
export function commitTitle(message: string | null, max = TITLE_LIMIT): string {
  const merge = mergeOf(message ?? '');
  const title = merge === null ? firstLine(message ?? '') : `${merge.title} (${merge.of})`;
  if (title.length <= max) return title;
  const number = REQUEST_AT_END.exec(title.slice(-20))?.[0] ?? '';
  return `${wordsWithin(title, max - number.length)}${number}`;
}

/** `0d95302 Update README.md`: which commit; '' where nothing is known of it. */
export function commitLine(sha: string | null, message: string | null): string {
  return [shortSha(sha), commitTitle(message)].filter(Boolean).join(' ');
}

export function firstLine(message: string): string {
  return message.split('\n', 1)[0]?.trim() ?? '';
}

/**
 * The commits as a list in Markdown, oldest first; of many, the first and the last. `total`: how many there are, where those
 * listed are the last of them. `requestPage`: where `#12` behind a title leads.
 */
export function commitList(
  commits: readonly Commit[],
  total: number,
  requestPage: (of: string) => string | null,
): string {
  const line = (commit: Commit) => `- ${inMarkdown(commit, requestPage)}`;
  const hidden = Math.max(total, commits.length) - OLDEST - NEWEST;
  if (hidden <= 0 && total <= commits.length) return commits.map(line).join('\n');
  // Where not all are listed, nobody knows the first.
  const oldest = total > commits.length ? [] : commits.slice(0, OLDEST);
  const newest = commits.slice(total > commits.length ? -OLDEST - NEWEST : -NEWEST);
  const more = `- … ${grouped(Math.max(total, commits.length) - oldest.length - newest.length)} more`;
  return [...oldest.map(line), more, ...newest.map(line)].join('\n');
}

/** `[1a2b3c4](…) Retry uploads ([#230](…)) · hubot, with priya-k` */
function inMarkdown(
  { sha, url, message, author, others = null }: Commit,
  requestPage: (of: string) => string | null,
): string {
  const title = escaped(commitTitle(message, LISTED_LIMIT)).replace(
    REQUEST_AT_END,
    (_, of: string) => ` (${link(of, requestPage(of))})`,
  );
  const writers = [author, others].filter((name) => name !== null).map(escaped);
  return [`${link(escaped(shortSha(sha) ?? 'commit'), url)} ${title}`, writers.join(', ')].filter(Boolean).join(' · ');
}

function link(label: string, url: string | null): string {
  return url !== null && ADDRESS.test(url) ? `[${label}](${url})` : label;
}

/** Plain text in Markdown. Code stays code, as hosts show it. */
export function escaped(text: string): string {
  const parts = text.replace(/\s+/g, ' ').split(/(`[^`]+`)/);
  return parts
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part
            .replace(/[\\`*_~[\]|]/g, '\\$&')
            .replaceAll('&', '&amp;')
            .replaceAll('<', '&lt;')
            .replaceAll('>', '&gt;'),
    )
    .join('');
}
