import { cut } from '../../text/plain.ts';
import { asWords } from '../parts.ts';

export interface Ref {
  readonly noun: 'branch' | 'tag';
  readonly name: string;
}

/** `refs/heads/main` → branch `main`; what has no such beginning is a branch. */
export function refOf(ref: string): Ref {
  if (ref.startsWith('refs/tags/')) return { noun: 'tag', name: ref.slice('refs/tags/'.length) };
  return { noun: 'branch', name: ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : ref };
}

/** As one word, for a sentence: git takes no blank for a part of a name, but all those that are not ASCII's. */
export function asRef(name: string): string {
  return name.replace(/\s/gu, '_');
}

/** Behind what became of a run: ` on main`; '' where nobody names a branch. */
export function onBranch(branch: string | null): string {
  return branch === null ? '' : ` on ${asWords(asRef(branch))}`;
}

/** `6113728`: how people write a commit. */
export function shortSha(sha: string | null): string | null {
  return sha === null ? null : sha.slice(0, 7);
}

/** Deployments name a commit where others name a branch. */
export function isSha(ref: string): boolean {
  return /^[0-9a-f]{40,64}$/i.test(ref);
}

/** Git writes a commit that is not there, before a branch's birth or after its end, as zeros. */
export function isNoCommit(sha: string | null): boolean {
  return sha !== null && /^0+$/.test(sha);
}

/** One step of an address. Half a code point, which JSON can hold, is no text to encode. */
export function segment(name: string): string {
  return encodeURIComponent(name.toWellFormed());
}

/** A name as steps of an address, of which `/` alone stays as it is: `fix/#12` → `fix/%2312`. */
export function segments(name: string): string {
  return name.split('/').map(segment).join('/');
}

/** A repository, a branch, a number… as the part of a key. Null where one of them is not known. */
export function keyed(...parts: readonly (string | number | null)[]): string | null {
  return parts.includes(null) ? null : cut(parts.join(' '), 300).toWellFormed();
}
