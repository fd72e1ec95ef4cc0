import type { Inbox } from '../../src/model/inbox.ts';
import type { Measure } from '../measure.ts';

/** A scenario's Postgres: an empty database, or one with many events. */
export interface PostgresBench {
  readonly rounds: number;
  /** How long a load lasts where the bar names a minute, s. */
  readonly seconds: number;
  /** How many events the large database holds. */
  readonly stored: number;
  withDatabase<T>(work: (database: BenchDatabase) => Promise<T>): Promise<T>;
}

export interface BenchDatabase {
  /** `postgres://…`, of a server on this machine. */
  readonly url: string;
  /** An inbox on it, as one process would open it. Closed with the database. */
  open(): Promise<Inbox>;
  /** One statement, on a connection of its own. */
  sql(text: string): Promise<void>;
  /** Of one row, its column `n`. */
  number(text: string): Promise<number>;
}

export type PostgresScenario = (bench: PostgresBench) => Promise<readonly Measure[]>;
