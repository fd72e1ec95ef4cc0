/** What was counted in one hour, by name. */
export interface HourCount {
  /** When the hour begins, ms since 1970. */
  readonly hour: number;
  /**
   * received  events by source, by when they were received; a replay is not one
   * failed    events that could not be read, by source
   * rule      notifications that a rule made, by its name, when it was decided
   * told      notifications that arrived, by destination, when the attempt ended
   * untold    notifications given up, or whose fate is unknown, by destination
   */
  readonly what: CountedWhat;
  readonly name: string;
  readonly count: number;
}

export const COUNTED = ['received', 'failed', 'rule', 'told', 'untold'] as const;
export type CountedWhat = (typeof COUNTED)[number];

/** Kept by the expander and the lanes, in the transactions in which it happens, so that nobody reads events for it. */
export interface Counts {
  /** Those of hours that begin at `since` or later and before `until`, ms since 1970, in order of hour. Reads only. */
  counts(since: number, until: number): Promise<readonly HourCount[]>;
}
