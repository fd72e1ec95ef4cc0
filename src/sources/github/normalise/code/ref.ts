import { segment } from '../places.ts';
import { isMergeQueue, queueOf } from './merge-queue.ts';

export interface Ref {
  readonly noun: 'branch' | 'tag';
  readonly name: string;
}

/** `refs/heads/main` → branch `main`; what has no such beginning is a branch. */
export function refOf(ref: string): Ref {
  if (ref.startsWith('refs/tags/')) return { noun: 'tag', name: ref.slice('refs/tags/'.length) };
  return { noun: 'branch', name: ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : ref };
}

/** Its page below the repository's. Of a name, `/` alone stays as it is: `fix/#12` → `/tree/fix/%2312`. */
export function refPage({ noun, name }: Ref): string {
  return `/${noun === 'tag' ? 'releases/tag' : 'tree'}/${name.split('/').map(segment).join('/')}`;
}

/** As one word, for a sentence: git takes no blank for a part of a name, but all those that are not ASCII's. */
export function asRef(name: string): string {
  return name.replace(/\s/gu, '_');
}

/** A branch's name for the small line; the merge queue's own branches by what they are. */
export function branchFact(branch: string | null): string | null {
  if (branch === null || !isMergeQueue(branch)) return branch;
  const { base } = queueOf(branch);
  return base === null ? 'merge queue' : `merge queue of ${base}`;
}

/** `6113728`: how people write a commit. */
export function shortSha(sha: string | null): string | null {
  return sha === null ? null : sha.slice(0, 7);
}

/** Deployments name a commit where others name a branch. */
export function isSha(ref: string): boolean {
  return /^[0-9a-f]{40,64}$/i.test(ref);
}
