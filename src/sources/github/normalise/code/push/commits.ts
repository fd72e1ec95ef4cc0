import { linkOrNull, type Payload, read, textOrNull } from '../../../../../shared/payload.ts';
import { enumerated, grouped } from '../../../../../text/words.ts';
import { repositoryPage } from '../../common.ts';
import { segment } from '../../places.ts';
import { authorName, coAuthors, commitTitle, PULL_REQUEST_AT_END } from '../commit.ts';
import { shortSha } from '../ref.ts';

/** Of many: those that began it, and those that ended it, a merge mostly. */
const OLDEST = 2;
const NEWEST = 3;
/** Git's own advice is 50 characters, GitHub shows 72. */
const TITLE_LIMIT = 80;
/** What may stand in a link's brackets as it is; no longer address is one of GitHub's. */
const ADDRESS = /^https?:\/\/[^\s()<>[\]\\]{1,300}$/;

/** The commits as a list in Markdown, in GitHub's order, oldest first. */
export function commitList(payload: Payload, commits: readonly unknown[]): string {
  const line = (commit: unknown) => `- ${inMarkdown(payload, commit)}`;
  const hidden = commits.length - OLDEST - NEWEST;
  if (hidden <= 0) return commits.map(line).join('\n');
  const [oldest, newest] = [commits.slice(0, OLDEST), commits.slice(-NEWEST)];
  return [...oldest.map(line), `- … ${grouped(hidden)} more`, ...newest.map(line)].join('\n');
}

/** Who wrote a commit: its author where that is not the pusher, and those they wrote it with. */
export function writersOf(
  payload: Payload,
  commit: unknown,
): { readonly author: string | null; readonly others: string | null } {
  const name = authorName(read(commit, 'author'));
  const others = enumerated(coAuthors(textOrNull(commit, 'message')).filter((other) => other !== name));
  return { author: authorOf(payload, commit), others: others && `with ${others}` };
}

/** Null where it is the pusher, or nobody is named. */
export function authorOf(payload: Payload, commit: unknown): string | null {
  const name = authorName(read(commit, 'author'));
  return name === null || isPusher(payload, commit, name) ? null : name;
}

/** By their login, and by the address that they push and commit with: not every address belongs to an account. */
function isPusher(payload: Payload, commit: unknown, name: string): boolean {
  const login = textOrNull(payload, 'sender.login');
  const email = textOrNull(payload, 'pusher.email');
  return (
    name.toLowerCase() === login?.toLowerCase() || (email !== null && email === textOrNull(commit, 'author.email'))
  );
}

/** `[1a2b3c4](…) Retry uploads ([#230](…)) · hubot, with priya-k` */
function inMarkdown(payload: Payload, commit: unknown): string {
  const sha = textOrNull(commit, 'id') ?? 'commit';
  const page = linkOrNull(commit, 'url') ?? repositoryPage(payload, `/commit/${segment(sha)}`);
  const title = escaped(commitTitle(textOrNull(commit, 'message'), TITLE_LIMIT)).replace(
    PULL_REQUEST_AT_END,
    (_, number) => ` (${link(`#${number}`, repositoryPage(payload, `/pull/${number}`))})`,
  );
  const { author, others } = writersOf(payload, commit);
  const writers = [author, others]
    .filter((name) => name !== null)
    .map(escaped)
    .join(', ');
  return [`${link(escaped(shortSha(sha) ?? sha), page)} ${title}`, writers].filter(Boolean).join(' · ');
}

function link(label: string, url: string): string {
  return ADDRESS.test(url) ? `[${label}](${url})` : label;
}

/** Plain text in Markdown. Code stays code, as GitHub shows it. */
function escaped(text: string): string {
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
