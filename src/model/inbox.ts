import type { Accounts } from './inbox/accounts.ts';
import type { Archive } from './inbox/archive.ts';
import type { Audits } from './inbox/audits.ts';
import type { Backlog } from './inbox/backlog.ts';
import type { Cards } from './inbox/cards.ts';
import type { Counts } from './inbox/counts.ts';
import type { Forgetting } from './inbox/forgetting.ts';
import type { History } from './inbox/history.ts';
import type { Intake } from './inbox/intake.ts';
import type { Integrity } from './inbox/integrity.ts';
import type { Lanes } from './inbox/lanes.ts';
import type { Mutes } from './inbox/mutes.ts';
import type { Outbox } from './inbox/outbox.ts';
import type { Reminders } from './inbox/reminders.ts';
import type { Sessions } from './inbox/sessions.ts';
import type { Subjects } from './inbox/subjects.ts';
import type { Transfer } from './inbox/transfer.ts';
import type { Upkeep } from './inbox/upkeep.ts';

/** The inbox cannot commit now (disk full, locked, gone). Nothing was stored; the sender should try again. */
export class InboxUnavailableError extends Error {
  override readonly name = 'InboxUnavailableError';
}

/** How far something has read elsewhere, kept across restarts. */
export interface Cursors {
  recall(name: string): Promise<string | null>;
  /** Resolves after the commit. Null: it is forgotten. */
  remember(name: string, value: string | null): Promise<void>;
  /** The same, if it says `from` (null: nothing) until then. False: it does not, and stays as it is. */
  exchange(name: string, from: string | null, to: string): Promise<boolean>;
}

/** Durable state. Every method may throw InboxUnavailableError. */
export interface Inbox
  extends Intake,
    Backlog,
    Lanes,
    Accounts,
    Outbox,
    Archive,
    History,
    Cursors,
    Upkeep,
    Transfer,
    Integrity,
    Forgetting,
    Subjects,
    Cards,
    Mutes,
    Audits,
    Reminders,
    Counts,
    Sessions,
    AsyncDisposable {
  /**
   * Calls `listener` soon (≤ 50 ms) after any process committed something a worker may want: an event, a
   * notification, a released lease. May call it without need. Returns the function that stops it.
   */
  onWake(listener: () => void): () => void;
  /** The schema version that this program's migrations lead to. */
  readonly schemaVersion: number;
  /** Resolves when the inbox is gone for good (its thread died, not: the disk is full); never otherwise. */
  readonly failed: Promise<Error>;
}
