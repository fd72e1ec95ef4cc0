import { type Ref, segments } from '../../../../telling/hosting/ref.ts';
import { isMergeQueue, queueOf } from './merge-queue.ts';

export { asRef, isSha, type Ref, refOf, shortSha } from '../../../../telling/hosting/ref.ts';

/** Its page below the repository's: `fix/#12` → `/tree/fix/%2312`. */
export function refPage({ noun, name }: Ref): string {
  return `/${noun === 'tag' ? 'releases/tag' : 'tree'}/${segments(name)}`;
}

/** A branch's name for the small line; the merge queue's own branches by what they are. */
export function branchFact(branch: string | null): string | null {
  if (branch === null || !isMergeQueue(branch)) return branch;
  const { base } = queueOf(branch);
  return base === null ? 'merge queue' : `merge queue of ${base}`;
}
