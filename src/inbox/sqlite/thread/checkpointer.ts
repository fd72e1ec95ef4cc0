import type { Database } from '../database.ts';

/** On a thread of its own: folds the log back into the database file, beside the writer. */
export function checkpointerOps(db: Database) {
  const passive = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');
  return {
    checkpoint(): void {
      passive.get();
    },
  };
}

/** Written rows between two checkpoints: some 4 MB of log. */
const ROWS_BETWEEN = 1_000;

/**
 * Folding the log back means random writes and an fsync of the whole database file: measured with a million events, 84 ms
 * in which the writer could acknowledge nothing. On a thread of its own it holds nobody up. The writer still does it by
 * itself when the log reaches 64 MB, which then finds little left to do.
 */
export function checkpointAfter(checkpoint: () => Promise<void>) {
  let rows = 0;
  let isRunning = false;
  return {
    /** To be told of every commit. */
    wrote(count: number): void {
      rows += count;
      if (rows < ROWS_BETWEEN || isRunning) return;
      rows = 0;
      isRunning = true;
      checkpoint()
        // Safe to ignore: the writer's own checkpoint stands behind this one.
        .catch(() => undefined)
        .finally(() => {
          isRunning = false;
        });
    },
  };
}
