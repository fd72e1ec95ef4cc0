import type { Outcome, SendContext } from '../../model/destination.ts';
import type { Value } from './row.ts';
import type { Dialect } from './statements.ts';

/** What became of one statement. Reasons hold no password. */
export type Ran =
  | { readonly kind: 'done'; readonly rows: number }
  /** `isAbsent`: there is no such table. */
  | (Exclude<Outcome, { readonly kind: 'sent' }> & { readonly isAbsent?: boolean });

/** What a driver's error is to us, before it is put into words. */
export interface Judged {
  readonly kind: 'retry' | 'rejected' | 'broken';
  readonly advice?: string | undefined;
}

/** One database. Connects when it is first asked; to be disposed of twice is to be disposed of once. */
export interface Database extends AsyncDisposable {
  readonly dialect: Dialect;
  /** For people. */
  readonly place: string;
  /** One statement in a transaction of its own. Never throws for what the database does. */
  run(sql: string, values: readonly Value[], context: Pick<SendContext, 'signal' | 'departure'>): Promise<Ran>;
}

export const NOT_OURS: Ran = { kind: 'retry', reason: 'another process tells it' };

export const MAKE_TABLE = 'doctor prints the CREATE TABLE that fits';
