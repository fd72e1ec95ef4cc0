import type { Subject, Sum } from '../../../../../model/activity.ts';
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
import { asWords } from '../../../../../telling/parts.ts';
import { counted, enumerated, grouped } from '../../../../../text/words.ts';
import { excerpt, repositoryPage } from '../../common.ts';
import { type ActivityParts, type FamilyOutput, skip } from '../../family.ts';
import { told } from '../../words.ts';
import { commitLine, commitTitle } from '../commit.ts';
import { isMergeQueue } from '../merge-queue.ts';
import { type Ref, refOf, refPage, shortSha } from '../ref.ts';
import { authorOf, commitList, writersOf } from './commits.ts';
import { refChanged, refSum } from './refs.ts';

/** GitHub writes a commit that is not there, before a branch's birth or after its end, as forty zeros. */
const NO_COMMIT = /^0+$/;
/** GitHub lists no more, and says nothing of the rest. */
const COMMITS_LISTED = 2_048;
const AUTHORS_NAMED = 2;
/** A name of three words at most. Whoever writes a commit chooses theirs, and `2 commits and approved hubot` is a sentence. */
const NAME = /^[\p{L}\p{M}\p{N}.'’_[\]-]{1,45}(?: [\p{L}\p{M}.'’-]{1,20}){0,2}$/u;

/**
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads#push
 * The branch is its title only when nothing better is known: people read commits.
 */
export function push(payload: Payload): FamilyOutput {
  const ref = text(payload, 'ref');
  const named = refOf(ref);
  if (isMergeQueue(named.name)) return skip("push: the merge queue's own branch");
  const commits = named.noun === 'tag' ? [] : list(payload, 'commits');
  return {
    ...changeOf(payload, named, commits),
    branch: named.noun === 'branch' ? named.name : null,
    tag: named.noun === 'tag' ? named.name : null,
    paths: pathsOf(commits),
    // Seconds here, though ISO text in every other event. The commits' own times may be weeks older than the push.
    occurredAt: timeOrNull(payload, 'repository.pushed_at'),
    echo: echo(payload, ref),
  };
}

function changeOf(payload: Payload, ref: Ref, commits: readonly unknown[]): ActivityParts {
  const isNone = (sha: string | null) => sha !== null && NO_COMMIT.test(sha);
  const [before, after] = [textOrNull(payload, 'before'), textOrNull(payload, 'after')];
  if (isTrue(payload, 'deleted') || isNone(after)) {
    const was = shortSha(before);
    return { ...refChanged(payload, ref, 'deleted'), facts: [was && `was at ${was}`] };
  }
  if (isTrue(payload, 'created') || isNone(before)) return born(payload, ref, commits);
  if (ref.noun === 'tag' || commits.length === 0 || isTrue(payload, 'forced')) return moved(payload, ref, commits);
  return pushed(payload, ref, commits);
}

/** `pushed new branch test with 2 commits`, `created tag v1.2.0`. Its newest commit says what it is about. */
function born(payload: Payload, ref: Ref, commits: readonly unknown[]): ActivityParts {
  const made = refChanged(payload, ref, 'created');
  const newest = commits.at(-1) ?? read(payload, 'head_commit');
  const title = commitLine(textOrNull(newest, 'id'), textOrNull(newest, 'message')) || ref.name;
  const from = textOrNull(payload, 'base_ref');
  if (commits.length === 0) {
    const did = from === null ? 'created {it}' : `created {it} from ${asWords(refOf(from).name)}`;
    return { ...made, did, subject: { ...made.subject, title } };
  }
  return {
    ...made,
    did: `pushed new {it} with ${countOf(commits)}`,
    subject: { ...made.subject, title, url: pageOf(payload, ref) },
    ...detailsOf(payload, commits),
  };
}

/** A push that was forced may have thrown commits away: it says so in the headline and in the sentence, with the old commit. */
function moved(payload: Payload, ref: Ref, commits: readonly unknown[]): ActivityParts {
  const isForced = ref.noun === 'branch' && isTrue(payload, 'forced');
  const [before, after] = ['before', 'after'].map((end) => shortSha(textOrNull(payload, end)));
  const title = before && after ? `${before} → ${after}` : ref.name;
  const headline = isForced ? 'Branch force-pushed' : ref.noun === 'tag' ? 'Tag moved' : 'Branch moved';
  return {
    ...told(null, { headline, did: isForced ? 'force-pushed {it}' : 'moved {it}', tone: 'neutral' }),
    subject: { noun: isForced ? '' : ref.noun, handle: ref.name, title, url: pageOf(payload, ref) },
    excerpt: commits.length > 0 ? excerpt(commitList(payload, commits)) : null,
    sum: isForced ? sumOf(ref) : refSum(ref, 'moved'),
  };
}

/** One commit is told by its own words; of several, the newest, and all of them in a list. */
function pushed(payload: Payload, ref: Ref, commits: readonly unknown[]): ActivityParts {
  const isOne = commits.length === 1;
  const what = whoseOf(payload, commits);
  return {
    ...told(null, {
      headline: isOne ? 'Commit pushed' : 'Commits pushed',
      did: `pushed ${what} to ${asWords(ref.name)}`,
      tone: 'neutral',
    }),
    subject: subjectOf(payload, ref, commits),
    sum: sumOf(ref),
    ...detailsOf(payload, commits, what !== '{it}'),
  };
}

/** `hubot's {it}`, `{it} by hubot, priya-k`: where the pusher wrote none of them, and all who did can be named. */
function whoseOf(payload: Payload, commits: readonly unknown[]): string {
  const names = [...new Set(commits.map((commit) => authorOf(payload, commit) ?? ''))];
  if (!names.every((name) => NAME.test(name))) return '{it}';
  const named = enumerated(names.map(asWords), AUTHORS_NAMED);
  return commits.length === 1 ? `${named}'s {it}` : `{it} by ${named}`;
}

function subjectOf(payload: Payload, ref: Ref, commits: readonly unknown[]): Subject {
  const newest = commits.at(-1);
  const page = pageOf(payload, ref);
  const title = commitTitle(textOrNull(newest, 'message'));
  if (commits.length > 1) return { noun: countOf(commits), handle: null, title, url: page };
  return { noun: 'commit', handle: shortSha(textOrNull(newest, 'id')), title, url: linkOrNull(newest, 'url') ?? page };
}

/** Several commits are listed; of one, which is the title, only who wrote it is left to say, unless the sentence does. */
function detailsOf(
  payload: Payload,
  commits: readonly unknown[],
  isSaid = false,
): Pick<ActivityParts, 'excerpt' | 'facts'> {
  if (commits.length !== 1) return { excerpt: commits.length > 1 ? excerpt(commitList(payload, commits)) : null };
  const { author, others } = writersOf(payload, commits[0]);
  return { facts: [isSaid ? null : author && `by ${author}`, others] };
}

function sumOf(ref: Ref): Sum {
  return { noun: ['push', 'pushes'], part: `to ${asWords(ref.name)}`, alone: null };
}

function countOf(commits: readonly unknown[]): string {
  const isCut = commits.length >= COMMITS_LISTED;
  return isCut ? `${grouped(commits.length)} or more commits` : counted(commits.length, 'commit');
}

function pageOf(payload: Payload, ref: Ref): string {
  return linkOrNull(payload, 'compare') ?? repositoryPage(payload, refPage(ref));
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

function echo(payload: Payload, ref: string): string | null {
  const [before, after] = [textOrNull(payload, 'before'), textOrNull(payload, 'after')];
  return before === null || after === null ? null : `${ref} ${before}..${after}`;
}
