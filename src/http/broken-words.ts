import type { Broken } from '../model/inbox/lanes.ts';
import { iso } from '../shared/time-words.ts';

/** A destination at which nothing can arrive, for a person: what and why without its stop, and what ends it. */
export interface BrokenNews {
  readonly lane: string;
  readonly news: string;
  readonly command: string;
}

/** Empty: something can arrive everywhere, as far as is known. */
export function brokenNews(
  lanes: readonly { readonly lane: string; readonly broken: Broken | null }[],
  invocation: string,
): readonly BrokenNews[] {
  return lanes.flatMap(({ lane, broken }) =>
    broken === null
      ? []
      : [{ lane, news: `nothing can arrive since ${sinceAndWhy(broken)}`, command: `${invocation} resume ${lane}` }],
  );
}

/** `2026-11-28T17:00:00.000Z: the webhook was deleted (10015): make a new one` */
export function sinceAndWhy(broken: Broken): string {
  return `${iso(broken.at)}: ${whyOf(broken)}`;
}

/** Without its stop. */
export function whyOf({ reason }: Broken): string {
  return reason.replace(/\.\s*$/, '');
}
