/** What only a damaged file can lead to. Its message says what is wrong. */
export class DamagedError extends Error {
  override readonly name = 'DamagedError';
  /** What has a code is no bug: see ../thread/thread-client.ts. */
  readonly code = 'DAMAGED';
}

/** https://www.sqlite.org/rescode.html#corrupt */
const SQLITE_CORRUPT = 11;

/** Whether the file says something that cannot be: in its structure, by SQLite's word, or a number that none of ours can be. */
export function isCorrupt(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if (error instanceof DamagedError) return true;
  if ('errcode' in error && typeof error.errcode === 'number') return (error.errcode & 0xff) === SQLITE_CORRUPT;
  return 'code' in error && error.code === 'ERR_OUT_OF_RANGE';
}

/** What is read, or why it cannot be: of a damaged file only. */
export function readingAround<T>(read: () => T, otherwise: (problem: string) => string): T | string {
  try {
    return read();
  } catch (error) {
    if (!isCorrupt(error)) throw error;
    return otherwise(error.message);
  }
}

/** Null: the file is damaged there. */
export function rowOrNull<Row>(read: () => Row): Row | null {
  try {
    return read();
  } catch (error) {
    if (!isCorrupt(error)) throw error;
    return null;
  }
}

let leftAlone = 0;

/** How often something was found to be left alone, on this thread. Where that grew, what failed may succeed if it is done again. */
export function countLeftAlone(): number {
  return leftAlone;
}

/**
 * For what can be done without: where damage is met in it once, it is left alone from then on, part by part, and null is the answer. The first
 * time it throws: SQLite commits nothing in a transaction that met damage, so that is done again as a whole (../thread/answer-calls.ts).
 */
export function dispensable(): <T>(part: number, work: () => T) => T | null {
  const damaged = new Set<number>();
  return (part, work) => {
    if (damaged.has(part)) return null;
    try {
      return work();
    } catch (error) {
      if (isCorrupt(error)) {
        damaged.add(part);
        leftAlone += 1;
      }
      throw error;
    }
  };
}
