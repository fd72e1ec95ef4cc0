import type { Outcome, SendContext } from '../../model/destination.ts';
import type { Value } from './row.ts';
import type { Dialect } from './statements.ts';

/** What became of one statement. Reasons hold no password. */
export type Ran =
  | { readonly kind: 'done'; readonly rows: number }
  /** `isAbsent`: there is no such table. `isTaken`: a unique column of it has a row with this value. */
  | (Exclude<Outcome, { readonly kind: 'sent' }> & { readonly isAbsent?: boolean; readonly isTaken?: boolean });

/** What a driver's error is to us, before it is put into words. */
export interface Judged {
  readonly kind: 'retry' | 'rejected' | 'broken';
  readonly advice?: string | undefined;
}

export const NOT_UNIQUE = 'the key column is not unique; make it the PRIMARY KEY, or add a UNIQUE index on it alone';

/** One database. Connects when it is first asked; to be disposed of twice is to be disposed of once. */
export interface Database extends AsyncDisposable {
  readonly dialect: Dialect;
  /** For people. */
  readonly place: string;
  /** One statement in a transaction of its own. Never throws for what the database does. */
  run(sql: string, values: readonly Value[], context: Pick<SendContext, 'signal' | 'departure'>): Promise<Ran>;
  /** The same of one that writes nothing: it is never `unknown`. */
  ask(sql: string, values: readonly Value[], signal: AbortSignal): Promise<Ran>;
}

export const NOT_OURS: Ran = { kind: 'retry', reason: 'another process tells it' };

export const MAKE_TABLE = 'doctor prints the CREATE TABLE that fits';
