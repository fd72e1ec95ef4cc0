/** One time at which a reminder is due. */
export interface DueReminder {
  /** The name it is configured under. */
  readonly name: string;
  /** ms since 1970. */
  readonly dueAt: number;
}

/** said: somebody was reminded; silent: nothing waits; late: it was left out, for it came too late; failed: see its detail. */
export const REMINDER_OUTCOMES = ['said', 'silent', 'late', 'failed'] as const;
export type ReminderOutcome = (typeof REMINDER_OUTCOMES)[number];

export interface TakenReminder extends DueReminder {
  readonly owner: string;
  /** From 1 on. More than 1: somebody took it before and never wrote down what became of it; perhaps it was said. */
  readonly tries: number;
}

export interface ReminderRecord extends DueReminder {
  /** Null: nobody wrote down yet what became of it. */
  readonly outcome: ReminderOutcome | null;
  readonly detail: string | null;
  /** ms since 1970. Null: it has not ended. */
  readonly endedAt: number | null;
}

export interface Reminders {
  /**
   * Whoever is first has it for `ttlMs`, or until they end it. Null: somebody else has it, or it has ended. Resolves after the
   * commit, on disk: whoever has it may say it.
   */
  takeReminder(due: DueReminder, owner: string, ttlMs: number): Promise<TakenReminder | null>;
  /** What became of it; `detail` at most 500 characters. False: somebody else has taken it since, or it has ended. Resolves after the commit. */
  endReminder(taken: TakenReminder, outcome: ReminderOutcome, detail: string): Promise<boolean>;
  /** The newest of one name by when they were due. Reads only. */
  reminders(name: string, limit: number): Promise<readonly ReminderRecord[]>;
}
