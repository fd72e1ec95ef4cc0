import { createHash } from 'node:crypto';
import type { Scene } from '../../../model/plugin/samples.ts';

/** GitHub's time format, `secondsAgo` before the scene. */
export function at(scene: Scene, secondsAgo = 0): string {
  return `${new Date(scene.now - secondsAgo * 1000).toISOString().slice(0, 19)}Z`;
}

/** 40 hex digits that look like a commit and are the same for the same words. */
export function sha(...words: readonly (string | number)[]): string {
  return createHash('sha1').update(words.join(':')).digest('hex');
}

/** A GitHub-sized id (about 2.6 thousand million) that grows with n, so that bodies never repeat. */
export function id(scene: Scene, family: number): number {
  return 2_600_000_000 + family * 10_000_000 + scene.n;
}

/** The global node id that GitHub sends beside a numeric id. */
export function nodeId(prefix: string, value: number): string {
  return `${prefix}_kwDO${Buffer.from(`acme${value}`).toString('base64url')}`;
}

/** Round and round the list, which must not be empty. */
export function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}

/** Makes what is particular to one event; repository, organization and sender are added to all. */
export type PayloadMaker = (scene: Scene) => Readonly<Record<string, unknown>>;
