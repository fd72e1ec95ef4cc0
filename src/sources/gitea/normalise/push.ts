import { isObject, list, numberOrNull, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { generic } from '../../../telling/generic.ts';
import type { Commit } from '../../../telling/hosting/commits.ts';
import { pushTold, type RefChange, refTold } from '../../../telling/hosting/push.ts';
import { isNoCommit, type Ref, refOf, segments } from '../../../telling/hosting/ref.ts';
import { page } from '../../../telling/page.ts';
import type { Skip, Told } from '../../../telling/told.ts';
import { type GiteaEvent, repositoryPage } from './event.ts';

export function push(event: GiteaEvent): Told {
  const { payload } = event;
  const name = textOrNull(payload, 'ref');
  if (name === null) return generic({ name: 'push', action: null, payload });
  const ref = refOf(name);
  const [before, after] = [textOrNull(payload, 'before'), textOrNull(payload, 'after')];
  const head = read(payload, 'head_commit');
  const isNew = isNoCommit(before) && !isNoCommit(after);
  const told = pushTold({
    ref,
    before,
    after,
    commits: ref.noun === 'tag' ? [] : commitsOf(payload),
    total: numberOrNull(payload, 'total_commits'),
    head: isObject(head) ? { sha: textOrNull(head, 'id'), message: textOrNull(head, 'message') } : null,
    pages: {
      repository: repositoryPage(event),
      ref: refPage(event, ref),
      compare: isNew ? null : page(textOrNull(payload, 'compare_url')),
    },
    requestPage: (of) => repositoryPage(event, `/pulls/${of.slice(1)}`),
  });
  return {
    ...told,
    facets: { ...told.facets, paths: ref.noun === 'tag' ? null : pathsOf(payload) },
    happening: isNew ? happeningOf(event, ref, after) : null,
  };
}

/** Oldest first, whichever end the server began at. It lists as many as it is set to. */
function commitsOf(payload: Payload): readonly Commit[] {
  const pusher = ['sender', 'pusher'].map((who) => textOrNull(payload, `${who}.login`)?.toLowerCase());
  const email = textOrNull(payload, 'pusher.email') ?? textOrNull(payload, 'sender.email');
  const commits = list(payload, 'commits').map((commit): Commit => {
    const login = textOrNull(commit, 'author.username');
    const author = login ?? textOrNull(commit, 'author.name');
    const isPusher =
      pusher.includes(author?.toLowerCase()) || (email !== null && email === textOrNull(commit, 'author.email'));
    const [sha, message] = [textOrNull(commit, 'id'), textOrNull(commit, 'message')];
    return { sha, message, url: page(textOrNull(commit, 'url')), author: isPusher ? null : author };
  });
  const isOldestFirst = commits.length > 1 && commits.at(-1)?.sha === textOrNull(payload, 'after');
  return isOldestFirst ? commits : commits.toReversed();
}

/** Every file that some commit touched. Null: not all commits or files are listed. */
function pathsOf(payload: Payload): readonly string[] | null {
  const commits = list(payload, 'commits');
  const total = numberOrNull(payload, 'total_commits') ?? commits.length;
  if (commits.length === 0 || total > commits.length) return null;
  const files = commits.flatMap((commit) => ['added', 'modified', 'removed'].map((change) => read(commit, change)));
  // Where nothing was added, some versions write null.
  if (files.every((some) => !Array.isArray(some))) return null;
  return [
    ...new Set(files.flatMap((some) => (Array.isArray(some) ? some : [])).filter((file) => typeof file === 'string')),
  ];
}

/** `create` and `delete`; what is created comes as a push too. */
export function refEvent(event: GiteaEvent, change: RefChange): Told | Skip {
  const { type, payload } = event;
  const name = textOrNull(payload, 'ref');
  if (name === null) return { skip: `${type}: without the name of a branch or a tag` };
  const ref: Ref = { noun: textOrNull(payload, 'ref_type') === 'tag' ? 'tag' : 'branch', name: refOf(name).name };
  const url = change === 'created' ? refPage(event, ref) : repositoryPage(event);
  return {
    ...refTold(ref, change, url),
    facets: { branch: ref.noun === 'branch' ? ref.name : null, tag: ref.noun === 'tag' ? ref.name : null },
    happening: change === 'created' ? happeningOf(event, ref, textOrNull(payload, 'sha')) : null,
  };
}

function refPage(event: GiteaEvent, { noun, name }: Ref): string | null {
  return repositoryPage(event, `/src/${noun}/${segments(name)}`);
}

/** What both events know of a branch or tag that is new. */
function happeningOf({ repo }: GiteaEvent, { noun, name }: Ref, sha: string | null): string | null {
  return repo === null || sha === null ? null : `${noun} created ${sha} ${repo.toLowerCase()} ${name}`;
}
