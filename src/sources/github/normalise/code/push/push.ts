import type { Subject } from '../../../../../model/activity.ts';
import {
  isTrue,
  linkOrNull,
  list,
  type Payload,
  read,
  text,
  textOrNull,
  timeOrNull,
} from '../../../../../shared/payload.ts';
import { counted, grouped } from '../../../../../text/words.ts';
import { excerpt, firstLine, repositoryPage } from '../../common.ts';
import { type FamilyOutput, skip } from '../../family.ts';
import { told, type Words } from '../../words.ts';
import { isMergeQueue } from '../merge-queue.ts';
import { type Ref, refOf, refPage, shortSha } from '../ref.ts';

/** GitHub writes a commit that is not there, before a branch's birth or after its end, as forty zeros. */
const NO_COMMIT = /^0+$/;
const COMMITS_NAMED = 5;
/** GitHub lists no more, and says nothing of the rest. */
const COMMITS_LISTED = 2_048;
/** Of a commit's first line, before it is cut: five of them fit well into an excerpt. */
const COMMIT_TITLE_LIMIT = 120;

/**
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads#push
 * The branch is its title only when nothing better is known: people read commits.
 */
export function push(payload: Payload): FamilyOutput {
  const ref = text(payload, 'ref');
  const { noun, name } = refOf(ref);
  if (isMergeQueue(name)) return skip("push: the merge queue's own branch");
  if (isTrue(payload, 'deleted') || NO_COMMIT.test(textOrNull(payload, 'after') ?? '')) {
    return skip(`push: a deleted ${noun}, which the delete event tells`);
  }
  if (isTrue(payload, 'created') || NO_COMMIT.test(textOrNull(payload, 'before') ?? '')) {
    return skip(`push: a new ${noun}, which the create event tells`);
  }
  const commits = noun === 'tag' ? [] : list(payload, 'commits');
  const isForced = isTrue(payload, 'forced');
  return {
    ...told(null, wordsOf({ noun, name }, commits.length, isForced)),
    subject: subjectOf(payload, { noun, name }, commits),
    excerpt: commits.length > 1 ? excerpt(named(commits)) : null,
    facts: [commits.length === 1 ? name : null],
    branch: noun === 'branch' ? name : null,
    tag: noun === 'tag' ? name : null,
    paths: pathsOf(commits),
    // Seconds here, though ISO text in every other event. The commits' own times may be weeks older than the push.
    occurredAt: timeOrNull(payload, 'repository.pushed_at'),
    echo: echo(payload, ref),
  };
}

/** A push that was forced may have thrown commits away: it is marked in the headline and in the sentence. */
function wordsOf({ noun, name }: Ref, commits: number, isForced: boolean): Words {
  const tone = 'neutral';
  if (noun === 'tag') return { headline: 'Tag moved', did: 'moved {it}', tone };
  const verb = isForced ? 'force-pushed' : 'pushed';
  const headline = isForced ? 'Branch force-pushed' : commits === 1 ? 'Commit pushed' : 'Commits pushed';
  if (commits === 0)
    return { headline: isForced ? headline : 'Branch moved', did: `${isForced ? verb : 'moved'} {it}`, tone };
  return { headline, did: commits === 1 ? `${verb} {it} to ${name}` : `${verb} to {repo}`, tone };
}

/** One commit is told by its own words; several as `4 commits to main`; a branch moved without any by its name. */
function subjectOf(payload: Payload, ref: Ref, commits: readonly unknown[]): Subject {
  const page = linkOrNull(payload, 'compare') ?? repositoryPage(payload, refPage(ref));
  if (commits.length === 0) return { noun: ref.noun, handle: ref.name, title: ref.name, url: page };
  const count =
    commits.length >= COMMITS_LISTED ? `${grouped(commits.length)} or more commits` : counted(commits.length, 'commit');
  const several = `${count} to ${ref.name}`;
  if (commits.length > 1) return { noun: 'push', handle: null, title: several, url: page };
  const [commit] = commits;
  const title = titleOf(commit);
  return {
    noun: 'commit',
    handle: shortSha(textOrNull(commit, 'id')),
    title: title === '' ? several : title,
    url: linkOrNull(commit, 'url') ?? page,
  };
}

/** Every file that some commit touched, each once. Null when a list is missing or cut short: it is not known then. */
function pathsOf(commits: readonly unknown[]): readonly string[] | null {
  if (commits.length === 0 || commits.length >= COMMITS_LISTED) return null;
  const paths = new Set<string>();
  for (const commit of commits) {
    for (const change of ['added', 'modified', 'removed']) {
      const files = read(commit, change);
      if (!Array.isArray(files)) return null;
      for (const file of files) if (typeof file === 'string') paths.add(file);
    }
  }
  return [...paths];
}

/** The first five as GitHub orders them, oldest first. */
function named(commits: readonly unknown[]): string {
  const lines = commits
    .slice(0, COMMITS_NAMED)
    .map((commit) => `- \`${shortSha(textOrNull(commit, 'id')) ?? '?'}\` ${titleOf(commit)}`);
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
