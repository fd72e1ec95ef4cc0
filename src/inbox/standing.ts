import type { Broken, Hold } from '../model/inbox/lanes.ts';

type Whole<R extends StandingRow> = Omit<R, keyof StandingRow> & {
  readonly broken: Broken | null;
  readonly held: Hold | null;
};

/** What both engines read of a lane: what keeps it from sending. */
export interface StandingRow extends HoldRow {
  readonly brokenAt: number | null;
  readonly brokenReason: string | null;
}

export interface HoldRow {
  /** All null once the pause is over: the engine's clock decides. */
  readonly heldBy: string | null;
  readonly heldAt: number | null;
  readonly heldUntil: number | null;
}

/** The row, with each in one. */
export function withStanding<R extends StandingRow>(row: R): Whole<R> {
  const { brokenAt, brokenReason, heldBy, heldAt, heldUntil, ...rest } = row;
  return {
    ...rest,
    broken: brokenAt === null ? null : { at: brokenAt, reason: brokenReason ?? '' },
    held: holdOf({ heldBy, heldAt, heldUntil }),
  };
}

export function holdOf({ heldBy, heldAt, heldUntil }: HoldRow): Hold | null {
  return heldAt === null ? null : { by: heldBy ?? '', at: heldAt, until: heldUntil };
}

const LONGEST_BY = 200;

/** As it is kept. */
export function keptBy({ by }: Hold): string {
  return by.slice(0, LONGEST_BY).toWellFormed();
}
