import { isObject, isTrue, list, read, textOrNull } from '../../../shared/payload.ts';
import { generic } from '../../../telling/generic.ts';
import { type Commit, escaped } from '../../../telling/hosting/commits.ts';
import { type Push, pushTold } from '../../../telling/hosting/push.ts';
import type { Ref } from '../../../telling/hosting/ref.ts';
import { say } from '../../../telling/hosting/words.ts';
import type { Skip, Told } from '../../../telling/told.ts';
import { capitalised, counted, enumerated } from '../../../text/words.ts';
import { type BitbucketEvent, htmlPage, isSame, repositoryPage } from './event.ts';
import { writerOf } from './writer.ts';

/** https://support.atlassian.com/bitbucket-cloud/docs/event-payloads/#Push: one event for all branches and tags of a push. */
export function push(event: BitbucketEvent): Told | Skip {
  const { key, action, payload } = event;
  if (!Array.isArray(read(payload, 'push.changes'))) return generic({ name: key, action, payload, noun: 'push' });
  const pushes = list(payload, 'push.changes').flatMap((change) => pushOf(event, change) ?? []);
  const [first, ...others] = pushes;
  if (first === undefined) return { skip: `${key}: it names no branch and no tag` };
  return others.length === 0 ? pushTold(first) : several(event, pushes);
}

/** Null: neither end is there, as of what is too large to be shown. */
function pushOf(event: BitbucketEvent, change: unknown): Push | null {
  const [was, now] = [read(change, 'old'), read(change, 'new')].map((end) => (isObject(end) ? end : null));
  const end = now ?? was ?? null;
  const name = textOrNull(end, 'name');
  if (end === null || name === null) return null;
  const ref: Ref = { noun: textOrNull(end, 'type')?.includes('tag') ? 'tag' : 'branch', name };
  const [before, after] = [was, now].map((one) => textOrNull(one, 'target.hash'));
  return {
    ref,
    before: before ?? null,
    after: after ?? null,
    isCreated: was === null,
    isDeleted: now === null,
    isForced: isTrue(change, 'forced'),
    // Newest first, and of many the newest five.
    commits:
      ref.noun === 'tag'
        ? []
        : list(change, 'commits')
            .map((commit) => commitOf(event, commit))
            .toReversed(),
    isCut: isTrue(change, 'truncated'),
    head: { sha: after ?? null, message: textOrNull(now, 'target.message') },
    message: textOrNull(now, 'message'),
    pages: { repository: repositoryPage(event), ref: htmlPage(now), compare: now === null ? null : htmlPage(change) },
    requestPage: (of) => repositoryPage(event, `/pull-requests/${of.slice(1)}`),
  };
}

function commitOf({ payload, actor }: BitbucketEvent, commit: unknown): Commit {
  const author = read(commit, 'author');
  const writer = writerOf(author);
  const isPusher =
    writer?.toLowerCase() === actor?.login.toLowerCase() || isSame(read(author, 'user'), payload['actor']);
  return {
    sha: textOrNull(commit, 'hash'),
    url: htmlPage(commit),
    message: textOrNull(commit, 'message'),
    author: isPusher ? null : writer,
  };
}

const LISTED = 8;
/** Of several branches, the one that rules ask for most. */
const MAIN = /^(?:main|master|trunk|develop)$/;

/** `created 2 tags: v1.0, v1.1`; what is not all alike is a push to them, and each is a line. */
function several(event: BitbucketEvent, pushes: readonly Push[]): Told {
  const tolds = pushes.map((one) => ({ ref: one.ref, told: pushTold(one) }));
  const nouns = [...new Set(pushes.map(({ ref }) => ref.noun))];
  const what = nouns.length > 1 ? 'branches and tags' : counted(pushes.length, nouns[0] ?? 'branch');
  const verbs = [...new Set(pushes.map(verbOf))];
  const verb = verbs.length === 1 && verbs[0] !== undefined ? verbs[0] : 'pushed';
  const branches = pushes.filter(({ ref }) => ref.noun === 'branch').map(({ ref }) => ref.name);
  const hidden = tolds.length - LISTED;
  return {
    ...say(
      `${capitalised(what.replace(/^[\d,]+ /, ''))} ${verb}`,
      verb === 'pushed' ? 'pushed to {it}' : `${verb} {it}`,
    ),
    noun: what,
    title: enumerated(pushes.map(({ ref }) => ref.name)) ?? '',
    url: repositoryPage(event),
    excerpt:
      verb === 'pushed'
        ? [...tolds.slice(0, LISTED).map(lineOf), ...(hidden > 0 ? [`- and ${hidden} more`] : [])].join('\n')
        : null,
    sum: { noun: ['push', 'pushes'], part: null, alone: null },
    facets: {
      branch: branches.find((name) => MAIN.test(name)) ?? branches[0] ?? null,
      tag: pushes.find(({ ref }) => ref.noun === 'tag')?.ref.name ?? null,
    },
  };
}

function verbOf({ isCreated, isDeleted, commits }: Push): 'created' | 'deleted' | 'pushed' {
  if (isDeleted === true) return 'deleted';
  return isCreated === true && commits.length === 0 ? 'created' : 'pushed';
}

/** `- pushed 2 commits to main: Retry uploads` */
function lineOf({ told }: { readonly told: Told }): string {
  const it = [told.noun, told.handle ?? ''].filter(Boolean).join(' ');
  const did = (told.did ?? '').replaceAll('{it}', it);
  return `- ${escaped(told.title === told.handle ? did : `${did}: ${told.title}`)}`;
}
