import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Chance } from './chance.ts';
import type { Scheduler } from './scheduler.ts';

/** A row that changed, as a trigger tells it. */
export type Change = readonly (string | number | null)[];

/** What SQLite throws. */
class Refusal extends Error {
  readonly code = 'ERR_SQLITE_ERROR';
}

export interface DiskListener {
  /** Right before the commit reaches the file. Throws: it does not. */
  beforeCommit(): void;
  /** It is in the file. */
  committed(changes: readonly Change[]): void;
}

/** The disk under the database, as faults make it. */
export class Disk {
  readonly #scheduler: Scheduler;
  readonly #chance: Chance;
  fullUntil = 0;
  lockedUntil = 0;
  slowUntil = 0;
  errsUntil = 0;

  constructor(scheduler: Scheduler, chance: Chance) {
    this.#scheduler = scheduler;
    this.#chance = chance;
  }

  mustBeFree(): void {
    if (this.#scheduler.now < this.lockedUntil) throw new Refusal('database is locked');
  }

  /** With a full disk now and then something small still goes in. */
  mustHaveRoom(): void {
    if (this.#scheduler.now < this.fullUntil && this.#chance.odds(0.9)) throw new Refusal('database or disk is full');
  }

  /** What one call, of whatever kind, is answered instead. */
  trouble(): string | null {
    return this.#scheduler.now < this.errsUntil && this.#chance.odds(0.3) ? 'disk I/O error' : null;
  }

  latencyMs(): number {
    return this.#scheduler.now < this.slowUntil && this.#chance.odds(0.3) ? this.#chance.between(50, 4_000) : 0;
  }
}

const TRIGGERS = `
  CREATE TEMP TRIGGER t1 AFTER INSERT ON events BEGIN SELECT note('event', new.id, NULL, new.state, new.guid, new.received_at);
    SELECT note('body', new.id, NULL, new.segment_id); END;
  CREATE TEMP TRIGGER t2 AFTER UPDATE OF state ON events BEGIN SELECT note('event', new.id, old.state, new.state, new.guid); END;
  CREATE TEMP TRIGGER t3 AFTER DELETE ON events BEGIN SELECT note('event', old.id, old.state, NULL, old.guid); END;
  CREATE TEMP TRIGGER t4 AFTER INSERT ON notifications BEGIN
    SELECT note('notification', new.id, NULL, new.state, new.event_id, new.destination, new.is_replay, new.dedup_key, new.not_before); END;
  CREATE TEMP TRIGGER t5 AFTER UPDATE OF state ON notifications BEGIN
    SELECT note('notification', new.id, old.state, new.state, new.event_id, new.destination, new.is_replay, new.dedup_key, NULL); END;
  CREATE TEMP TRIGGER t6 AFTER DELETE ON notifications BEGIN
    SELECT note('notification', old.id, old.state, NULL, old.event_id, old.destination, old.is_replay, old.dedup_key, NULL); END;
  CREATE TEMP TRIGGER t7 AFTER INSERT ON attempts BEGIN SELECT note('attempt', new.id, NULL, 'begun', new.lane, new.epoch); END;
  CREATE TEMP TRIGGER t8 AFTER UPDATE OF outcome ON attempts BEGIN
    SELECT note('attempt', new.id, coalesce(old.outcome, 'begun'), new.outcome, new.lane, new.epoch); END;
  CREATE TEMP TRIGGER t9 AFTER DELETE ON attempts BEGIN
    SELECT note('attempt', old.id, coalesce(old.outcome, 'begun'), NULL, old.lane, old.epoch); END;
  CREATE TEMP TRIGGER t10 AFTER INSERT ON attempt_notifications BEGIN
    SELECT note('carries', new.attempt_id, NULL, NULL, new.notification_id); END;
  CREATE TEMP TRIGGER t11 AFTER UPDATE ON lanes BEGIN
    SELECT note('lane', new.lane, old.owner, new.owner, old.epoch, new.epoch, old.expires_at, new.expires_at, new.not_before, new.failures); END;
  CREATE TEMP TRIGGER t12 AFTER INSERT ON settling BEGIN SELECT note('settles', new.event_id); END;
  CREATE TEMP TRIGGER t13 AFTER DELETE ON segments BEGIN SELECT note('segment', old.id); END;
  CREATE TEMP TRIGGER t14 AFTER UPDATE OF segment_id ON events BEGIN
    SELECT note('body', new.id, old.segment_id, new.segment_id); END;
`;

/** A connection of one simulated process to the real file: each commit passes the disk, and says what it changed. */
export class SimDatabase extends DatabaseSync {
  /** Null: it is closed. */
  #around: { readonly disk: Disk; readonly listener: DiskListener } | null;
  #changes: Change[] = [];

  constructor(path: string, disk: Disk, listener: DiskListener) {
    // All connections are of this process: locks, and the log's index, need no system calls. https://www.sqlite.org/vfs.html
    super(`file:${path}?vfs=unix-excl`, { timeout: 0 });
    this.#around = { disk, listener };
    super.exec('PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 0');
    this.function('note', { varargs: true }, (...change) => {
      this.#changes.push(change as Change);
      return null;
    });
    super.exec(TRIGGERS);
  }

  override exec(sql: string): void {
    // Nobody pulls a plug here: whatever was committed stays.
    if (sql.startsWith('PRAGMA synchronous')) return;
    if (sql === 'BEGIN IMMEDIATE') this.#around?.disk.mustBeFree();
    if (sql === 'COMMIT' && this.#changes.length > 0) this.#commit();
    else super.exec(sql);
    if (sql === 'ROLLBACK') this.#changes = [];
  }

  override prepare(sql: string): StatementSync {
    return lazily(() => super.prepare(sql));
  }

  /** Node keeps a closed connection until its statements are collected, and with it all that it reaches: 1 MB a seed. */
  override close(): void {
    super.close();
    this.#around = null;
  }

  /** Tells what single statements changed. */
  settle(): void {
    if (this.isTransaction || this.#changes.length === 0) return;
    this.#around?.listener.committed(this.#changes.splice(0));
  }

  #commit(): void {
    try {
      this.#around?.disk.mustHaveRoom();
      this.#around?.listener.beforeCommit();
    } catch (error) {
      // As SQLite does where it cannot write.
      super.exec('ROLLBACK');
      this.#changes = [];
      throw error;
    }
    super.exec('COMMIT');
    this.#around?.listener.committed(this.#changes.splice(0));
  }
}

/** Compiled when it is first asked: of a writer's 154 statements a process here needs some 40. All of them take 5 ms of each start. */
function lazily(compile: () => StatementSync): StatementSync {
  let compiled: StatementSync | undefined;
  const statement = () => (compiled ??= compile());
  const lazy = {
    all: (...values: SQLInputValue[]) => statement().all(...values),
    get: (...values: SQLInputValue[]) => statement().get(...values),
    iterate: (...values: SQLInputValue[]) => statement().iterate(...values),
    run: (...values: SQLInputValue[]) => statement().run(...values),
  };
  return lazy as Partial<StatementSync> as StatementSync;
}
