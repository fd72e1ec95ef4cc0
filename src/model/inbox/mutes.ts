import type { Audited } from './audits.ts';

/** Of one thread nothing is told there, or to them, as somebody wished. */
export interface Mute {
  /** `Keys.thread` */
  readonly thread: string;
  /** A destination's name, or a person's login in lower case behind an @: `@mona`. See `whomOf`. */
  readonly whom: string;
  /** Until when, ms since 1970. Null: for good. */
  readonly until: number | null;
  /** Who wished it, as a person finds it in a list. At most 200 characters. */
  readonly by: string;
  /** ms since 1970. */
  readonly at: number;
}

/** Each with what is written into the audit list, in the same transaction. Left out: nothing is. */
export interface Mutes {
  /** In place of an earlier one of the same thread and whom. Resolves after the commit. */
  mute(mute: Mute, audited?: Audited): Promise<void>;
  /** False: it was not muted, and the audit list says so as its outcome. Resolves after the commit. */
  unmute(thread: string, whom: string, audited?: Audited): Promise<boolean>;
  /** Whether there may be any in force. Reads only, and costs next to nothing. */
  hasMutes(): Promise<boolean>;
  /** Those of these threads that are in force at `now`, in the order of thread and whom. Reads only. */
  mutes(threads: readonly string[], now: number): Promise<readonly Mute[]>;
  /** Those of one destination or person, null: of all, that are in force at `now`, newest first. Reads only. */
  mutesOf(whom: string | null, now: number, limit: number): Promise<readonly Mute[]>;
}

/** In place of the outcome of unmuting what was not muted. */
export const NOT_MUTED = 'it was not muted';

/** Of `@Mona`, `@mona`: logins are alike whatever their case. Destinations have the one that they are given. */
export function whomOf(name: string): string {
  return name.startsWith('@') ? name.toLowerCase() : name;
}
