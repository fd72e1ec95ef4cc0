import type { Sum } from '../../model/activity.ts';
import { capitalised, counted, enumerated, grouped } from '../../text/words.ts';
import { excerpt } from '../excerpt.ts';
import { asWords } from '../parts.ts';
import type { Told } from '../told.ts';
import { type Commit, commitLine, commitList, commitTitle } from './commits.ts';
import { isNoCommit, type Ref, refOf, shortSha } from './ref.ts';
import { say } from './words.ts';

/** What somebody pushed to one branch or tag. */
export interface Push {
  readonly ref: Ref;
  /** Whole names of commits; zeros, or null with `isCreated` or `isDeleted`: there is none. */
  readonly before: string | null;
  readonly after: string | null;
  readonly isCreated?: boolean;
  readonly isDeleted?: boolean;
  readonly isForced?: boolean;
  /** Oldest first; of more than are listed, the last. Of a tag: none. */
  readonly commits: readonly Commit[];
  /** How many there are, where that is more than are listed. */
  readonly total?: number | null;
  /** There are more than the listed ones, and nobody says how many. */
  readonly isCut?: boolean;
  /** The newest commit, where no list says it: what a new branch or tag is at. */
  readonly head?: Pick<Commit, 'sha' | 'message'> | null;
  /** The branch that a new one was made from: `refs/heads/main`. */
  readonly from?: string | null;
  /** What the tag itself says. */
  readonly message?: string | null;
  /** The repository's page, the branch's or tag's, and what compares both ends. */
  readonly pages: { readonly repository: string | null; readonly ref: string | null; readonly compare: string | null };
  /** Where `#12` or `!12` behind a title leads. */
  readonly requestPage?: (of: string) => string | null;
}

export type RefChange = 'created' | 'deleted';

const AUTHORS_NAMED = 2;
/** A name of three words at most. Whoever writes a commit chooses theirs, and `2 commits and approved hubot` is a sentence. */
const NAME = /^[\p{L}\p{M}\p{N}.'’_[\]-]{1,45}(?: [\p{L}\p{M}.'’-]{1,20}){0,2}$/u;

/** The branch is its title only when nothing better is known: people read commits. */
export function pushTold(push: Push): Told {
  const { ref } = push;
  return {
    ...changeOf(push),
    facets: { branch: ref.noun === 'branch' ? ref.name : null, tag: ref.noun === 'tag' ? ref.name : null },
  };
}

function changeOf(push: Push): Told {
  const { ref, before, after, commits } = push;
  if (push.isDeleted === true || isNoCommit(after)) {
    const was = shortSha(before);
    return { ...refTold(ref, 'deleted', push.pages.repository), facts: [was && `was at ${was}`] };
  }
  if (push.isCreated === true || isNoCommit(before)) return born(push);
  const isNone = commits.length === 0 && (push.total ?? 0) === 0;
  if (ref.noun === 'tag' || isNone || push.isForced === true) return moved(push);
  return pushed(push);
}

/** A branch or a tag that came or went. `page`: its own; of a deleted one, which has none, the repository's. */
export function refTold({ noun, name }: Ref, change: RefChange, page: string | null): Told {
  return {
    ...say(`${capitalised(noun)} ${change}`, `${change} {it}`),
    noun,
    handle: name,
    title: name,
    url: page,
    sum: refSum({ noun }, change),
  };
}

/** `pushed new branch test with 2 commits`, `created tag v1.2.0`. Its newest commit says what it is about. */
function born(push: Push): Told {
  const { ref, commits, pages, head = null, from = null } = push;
  const made = refTold(ref, 'created', pages.ref);
  const newest = commits.at(-1) ?? head;
  const title = commitLine(newest?.sha ?? null, newest?.message ?? null) || ref.name;
  if (commits.length === 0) {
    const did = from === null ? 'created {it}' : `created {it} from ${asWords(refOf(from).name)}`;
    return { ...made, did, title, excerpt: excerpt(push.message ?? null) };
  }
  const url = pages.compare ?? pages.ref;
  return { ...made, did: `pushed new {it} with ${countOf(push)}`, title, url, ...detailsOf(push) };
}

/** A push that was forced may have thrown commits away: it says so in the headline and in the sentence, with the old commit. */
function moved(push: Push): Told {
  const { ref, commits, pages } = push;
  const isForced = ref.noun === 'branch' && push.isForced === true;
  const [before, after] = [shortSha(push.before), shortSha(push.after)];
  const headline = isForced ? 'Branch force-pushed' : `${capitalised(ref.noun)} moved`;
  return {
    ...say(headline, isForced ? 'force-pushed {it}' : 'moved {it}'),
    noun: isForced ? '' : ref.noun,
    handle: ref.name,
    title: before && after ? `${before} → ${after}` : ref.name,
    url: pages.compare ?? pages.ref,
    excerpt: commits.length > 0 ? listOf(push) : excerpt(push.message ?? null),
    sum: isForced ? pushSum(ref) : refSum(ref, 'moved'),
  };
}

/** One commit is told by its own words; of several, the newest, and all of them in a list. */
function pushed(push: Push): Told {
  const { ref, commits, pages } = push;
  const what = whoseOf(push);
  const newest = commits.at(-1);
  const isOne = isSingle(push);
  const page = pages.compare ?? pages.ref;
  return {
    ...say(isOne ? 'Commit pushed' : 'Commits pushed', `pushed ${what} to ${asWords(ref.name)}`),
    noun: isOne ? 'commit' : countOf(push),
    handle: isOne ? shortSha(newest?.sha ?? null) : null,
    title: newest === undefined ? ref.name : commitTitle(newest.message),
    url: isOne ? (newest?.url ?? page) : page,
    sum: pushSum(ref),
    ...detailsOf(push, what !== '{it}'),
  };
}

/** `hubot's {it}`, `{it} by hubot, priya-k`: where the pusher wrote none of them, and all who did can be named. */
function whoseOf(push: Push): string {
  const names = [...new Set(push.commits.map(({ author }) => author ?? ''))];
  if (names.length === 0 || !names.every((name) => NAME.test(name))) return '{it}';
  const named = enumerated(names.map(asWords), AUTHORS_NAMED);
  return isSingle(push) ? `${named}'s {it}` : `{it} by ${named}`;
}

/** Several commits are listed; of one, which is the title, only who wrote it is left to say, unless the sentence does. */
function detailsOf(push: Push, isSaid = false): Pick<Told, 'excerpt' | 'facts'> {
  const [only] = push.commits;
  if (only === undefined || !isSingle(push)) return { excerpt: listOf(push) };
  return { facts: [isSaid ? null : only.author && `by ${only.author}`, only.others ?? null] };
}

function listOf(push: Push): string | null {
  return excerpt(commitList(push.commits, push.total ?? push.commits.length, push.requestPage ?? (() => null)));
}

function isSingle({ commits, total, isCut }: Push): boolean {
  return commits.length === 1 && (total ?? 1) <= 1 && isCut !== true;
}

/** `3 commits`, `2,048 or more commits` */
function countOf({ commits, total, isCut }: Push): string {
  const count = Math.max(commits.length, total ?? 0);
  return isCut === true ? `${grouped(count)} or more commits` : counted(count, 'commit');
}

function pushSum({ name }: Ref): Sum {
  return { noun: ['push', 'pushes'], part: `to ${asWords(name)}`, alone: null };
}

/** `3 branches created` */
function refSum({ noun }: Pick<Ref, 'noun'>, part: string): Sum {
  return { noun: noun === 'tag' ? 'tag' : ['branch', 'branches'], part, alone: null };
}
