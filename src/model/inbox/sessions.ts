/** Somebody who logged in at a browser. */
export interface Session {
  /** SHA-256 of what the cookie holds, lower-case hex. */
  readonly idHash: string;
  readonly role: 'viewer' | 'admin';
  /** What token opened it, as a fingerprint: another one ends it. */
  readonly tokenPrint: string;
  /** As the audit list says it, at most 200 characters. */
  readonly from: string;
  readonly startedAt: number;
  /** ms since 1970 */
  readonly expiresAt: number;
}

const LONGEST_FROM = 200;

/** As it is kept. No store is given half a character. */
export function shortFrom(from: string): string {
  return from.slice(0, LONGEST_FROM).toWellFormed();
}

export interface Sessions {
  /** False: there was one of that id, also if it has ended. Those that expired before now go. Resolves after the commit. */
  openSession(session: Session, now: number): Promise<boolean>;
  /** Null: there is none, or it ended or expired. Reads only. */
  session(idHash: string, now: number): Promise<Session | null>;
  /** Ends it. It is remembered until it would have expired, so that no code opens it again. Resolves after the commit. */
  endSession(idHash: string): Promise<void>;
}
