import type { EventId } from '../event.ts';

/** What is to be forgotten, by the names that GitHub has for it, in any case. At least one. */
export interface Forgotten {
  /** `acme/secret` */
  readonly repos: readonly string[];
  /** `mona`, `dependabot[bot]` */
  readonly logins: readonly string[];
}

/** An event about it, of which something is still there. */
export interface EventAbout {
  readonly id: EventId;
  readonly hasBody: boolean;
  /** It waits to be decided. */
  readonly isPending: boolean;
  /** Of its messages those that wait, or were given up. */
  readonly untold: number;
}

export interface LookedAt {
  /** In id order. */
  readonly events: readonly EventAbout[];
  /** The last event that was looked at. Null: there are no more. */
  readonly lastId: EventId | null;
}

export interface AuditEntry {
  readonly id: number;
  /** ms since 1970 */
  readonly at: number;
  /** `forget` */
  readonly what: string;
  /** Plain data. */
  readonly detail: unknown;
}

/** Taking away what is about somebody or something, at a person's wish, also what is needed. Beside running workers, without a lease. */
export interface Forgetting {
  /**
   * Looks at `limit` events with an id above `afterId`, in id order: at their repository, and into their bodies, for a repository's
   * `full_name` and a person's `login`; of those whose bodies are gone, into what else is kept. Reads only, on the side.
   */
  eventsAbout(what: Forgotten, afterId: EventId, limit: number): Promise<LookedAt>;
  /**
   * Takes away what these say: headers and bodies, reason, trace, names, what attempts sent and heard. What waits to be decided is
   * `skipped`, what waits to be told or was given up is dropped. Their ids, times and states stay, and deliveries stay known. Some
   * hundred at most; may be repeated.
   */
  forgetEvents(what: Forgotten, ids: readonly EventId[]): Promise<void>;
  /**
   * The same for what is kept by name beside events: results to compare with, receipts of threads, what is known of subjects (also
   * what events said that were forgotten before) with their cards, mutes, whom events
   * name that muted their threads, and what people did. Returns how many went.
   */
  forgetKeys(what: Forgotten): Promise<number>;
  /**
   * Overwrites what lies beside the bodies and belongs to no event: of deliveries that came twice within one commit. Whosever it is.
   * Returns in how many commits there was some.
   */
  forgetStrays(): Promise<number>;
  /** Writes down that something was done. Resolves after the commit, with all before it on the disk. */
  noteAudit(what: string, detail: unknown): Promise<number>;
  /** What came of it. */
  amendAudit(id: number, detail: unknown): Promise<void>;
  /** Newest first, without what people did otherwise: see `Audits`. */
  audit(limit: number): Promise<readonly AuditEntry[]>;
}
