import type { Hold } from '../model/inbox/lanes.ts';
import { iso } from '../shared/time-words.ts';

/** A destination that a person paused: who and since when, without its stop, and what ends it. */
export interface HeldNews {
  readonly lane: string;
  readonly news: string;
  readonly command: string;
}

/** Empty: nobody paused one. */
export function heldNews(
  lanes: readonly { readonly lane: string; readonly held: Hold | null }[],
  invocation: string,
): readonly HeldNews[] {
  return lanes.flatMap(({ lane, held }) =>
    held === null ? [] : [{ lane, news: `paused by ${byAndSince(held)}`, command: `${invocation} resume ${lane}` }],
  );
}

/** `mona, dashboard since 2026-11-28T17:00:00.000Z, until 2026-11-28T19:00:00.000Z` */
export function byAndSince({ by, at, until }: Hold): string {
  return `${by} since ${iso(at)}${until === null ? '' : `, until ${iso(until)}`}`;
}
