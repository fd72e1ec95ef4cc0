/** Of one thread nothing is told there, or to them, as somebody wished. */
export interface Mute {
  /** `Keys.thread` */
  readonly thread: string;
  /** A destination's name, or a person's login behind an @: `@mona`. */
  readonly whom: string;
  /** Until when, ms since 1970. Null: for good. */
  readonly until: number | null;
  /** Who wished it, as a person finds it in a list. At most 200 characters. */
  readonly by: string;
  /** ms since 1970. */
  readonly at: number;
}

export interface Mutes {
  /** In place of an earlier one of the same thread and whom. Resolves after the commit. */
  mute(mute: Mute): Promise<void>;
  /** False: it was not muted. Resolves after the commit. */
  unmute(thread: string, whom: string): Promise<boolean>;
  /** Those of these threads that are in force at `now`, in the order of thread and whom. Reads only. */
  mutes(threads: readonly string[], now: number): Promise<readonly Mute[]>;
  /** Those of one destination or person that are in force at `now`, newest first. Reads only. */
  mutesOf(whom: string, now: number, limit: number): Promise<readonly Mute[]>;
}
