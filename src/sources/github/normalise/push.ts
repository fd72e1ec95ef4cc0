import type { Subject } from '../../../model/activity.ts';
import { isTrue, linkOrNull, list, type Payload, text, textOrNull, timeOrNull } from '../payload.ts';
import { counted, excerpt, firstLine, grouped, repositoryPage } from './common.ts';
import { skip, type Verdict } from './verdict.ts';

/** GitHub writes a commit that is not there, before a branch's birth or after its end, as forty zeros. */
const NO_COMMIT = /^0+$/;
const COMMITS_NAMED = 5;
/** Of a commit's first line, before it is cut: five of them fit well into an excerpt. */
const COMMIT_TITLE_LIMIT = 120;

/**
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads#push
 * The branch is its title only when nothing better is known: people read commits.
 */
export function push(payload: Payload): Verdict {
  const ref = text(payload, 'ref');
  const { noun, name } = refOf(ref);
  if (isMergeQueue(name)) return skip("push: the merge queue's own branch");
  if (isTrue(payload, 'deleted') || NO_COMMIT.test(textOrNull(payload, 'after') ?? '')) {
    return skip(`push: a deleted ${noun}, which the delete event tells`);
  }
  if (isTrue(payload, 'created') || NO_COMMIT.test(textOrNull(payload, 'before') ?? '')) {
    return skip(`push: a new ${noun}, which the create event tells`);
  }
  const commits = list(payload, 'commits');
  const isForced = isTrue(payload, 'forced');
  return {
    kind: 'told',
    action: null,
    headline: headlineOf(noun, isForced),
    tone: 'neutral',
    subject: subjectOf(payload, noun, name, commits),
    excerpt: commits.length > 1 ? excerpt(named(commits)) : null,
    facts: [commits.length === 1 ? name : null, isForced ? 'forced' : null],
    branch: noun === 'branch' ? name : null,
    // Seconds here, though ISO text in every other event. The commits' own times may be weeks older than the push.
    occurredAt: timeOrNull(payload, 'repository.pushed_at'),
    echo: echo(payload, ref),
  };
}

/** `refs/heads/main` → branch `main`. */
function refOf(ref: string): { readonly noun: 'branch' | 'tag'; readonly name: string } {
  if (ref.startsWith('refs/tags/')) return { noun: 'tag', name: ref.slice('refs/tags/'.length) };
  return { noun: 'branch', name: ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : ref };
}

/** GitHub's merge queue builds on temporary branches of its own: nobody pushed them. */
export function isMergeQueue(branch: string): boolean {
  return branch.startsWith('gh-readonly-queue/');
}

function headlineOf(noun: 'branch' | 'tag', isForced: boolean): string {
  if (noun === 'tag') return 'Tag moved';
  return isForced ? 'Branch force-pushed' : 'Commits pushed';
}

/** One commit is told by its own words; several as `4 commits to main`; a branch moved without any by its name. */
function subjectOf(payload: Payload, noun: string, name: string, commits: readonly unknown[]): Subject {
  const page = linkOrNull(payload, 'compare') ?? repositoryPage(payload, `/tree/${encodeURI(name)}`);
  if (commits.length === 0) return { noun, handle: name, title: name, url: page };
  const several = `${counted(commits.length, 'commit')} to ${name}`;
  if (commits.length > 1) return { noun: 'push', handle: null, title: several, url: page };
  const [commit] = commits;
  const title = titleOf(commit);
  return {
    noun: 'commit',
    handle: textOrNull(commit, 'id')?.slice(0, 7) ?? null,
    title: title === '' ? several : title,
    url: linkOrNull(commit, 'url') ?? page,
  };
}

/** The first five as GitHub orders them, oldest first. */
function named(commits: readonly unknown[]): string {
  const lines = commits
    .slice(0, COMMITS_NAMED)
    .map((commit) => `- \`${textOrNull(commit, 'id')?.slice(0, 7) ?? '?'}\` ${titleOf(commit)}`);
  const rest = commits.length - lines.length;
  return [...lines, ...(rest > 0 ? [`- and ${grouped(rest)} more`] : [])].join('\n');
}

function titleOf(commit: unknown): string {
  const title = firstLine(textOrNull(commit, 'message') ?? '');
  return title.length <= COMMIT_TITLE_LIMIT ? title : `${title.slice(0, COMMIT_TITLE_LIMIT - 1)}…`;
}

function echo(payload: Payload, ref: string): string | null {
  const [before, after] = [textOrNull(payload, 'before'), textOrNull(payload, 'after')];
  return before === null || after === null ? null : `${ref} ${before}..${after}`;
}
