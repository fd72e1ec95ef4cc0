import type { Broken } from '../model/inbox/lanes.ts';

type Whole<R extends BrokenRow> = Omit<R, keyof BrokenRow> & { readonly broken: Broken | null };

/** What both engines read of a lane. */
export interface BrokenRow {
  readonly brokenAt: number | null;
  readonly brokenReason: string | null;
}

/** The row, with both in one. */
export function withBroken<R extends BrokenRow>({ brokenAt, brokenReason, ...row }: R): Whole<R> {
  return { ...row, broken: brokenAt === null ? null : { at: brokenAt, reason: brokenReason ?? '' } };
}
