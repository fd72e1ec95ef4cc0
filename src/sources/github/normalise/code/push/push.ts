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
import { pushTold } from '../../../../../telling/hosting/push.ts';
import { isNoCommit, type Ref } from '../../../../../telling/hosting/ref.ts';
import { repositoryPage } from '../../common.ts';
import { type FamilyOutput, skip } from '../../family.ts';
import { isMergeQueue } from '../merge-queue.ts';
import { refOf, refPage } from '../ref.ts';
import { commitOf } from './commits.ts';
import { happeningOf, partsTold } from './refs.ts';

/** GitHub lists no more, and says nothing of the rest. */
const COMMITS_LISTED = 2_048;

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#push */
export function push(payload: Payload): FamilyOutput {
  const name = text(payload, 'ref');
  const ref = refOf(name);
  if (isMergeQueue(ref.name)) return skip("push: the merge queue's own branch");
  const commits = ref.noun === 'tag' ? [] : list(payload, 'commits');
  const [before, after] = [textOrNull(payload, 'before'), textOrNull(payload, 'after')];
  const isDeleted = isTrue(payload, 'deleted') || isNoCommit(after);
  const isCreated = !isDeleted && (isTrue(payload, 'created') || isNoCommit(before));
  const head = read(payload, 'head_commit');
  const told = pushTold({
    ref,
    before,
    after,
    isCreated,
    isDeleted,
    isForced: isTrue(payload, 'forced'),
    commits: commits.map((commit) => commitOf(payload, commit)),
    isCut: commits.length >= COMMITS_LISTED,
    head: { sha: textOrNull(head, 'id'), message: textOrNull(head, 'message') },
    from: textOrNull(payload, 'base_ref'),
    pages: {
      repository: repositoryPage(payload),
      ref: repositoryPage(payload, refPage(ref)),
      compare: linkOrNull(payload, 'compare'),
    },
    requestPage: (of) => repositoryPage(payload, `/pull/${of.slice(1)}`),
  });
  return {
    ...partsTold(payload, told),
    happening: isDeleted || isCreated ? happeningOf(payload, ref, isDeleted ? 'deleted' : 'created') : null,
    ...placeOf(ref),
    paths: pathsOf(commits),
    // Seconds here, though ISO text in every other event. The commits' own times may be weeks older than the push.
    occurredAt: timeOrNull(payload, 'repository.pushed_at'),
    echo: before === null || after === null ? null : `${name} ${before}..${after}`,
  };
}

function placeOf({ noun, name }: Ref): { readonly branch: string | null; readonly tag: string | null } {
  return noun === 'branch' ? { branch: name, tag: null } : { branch: null, tag: name };
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
