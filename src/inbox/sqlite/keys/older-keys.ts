import type { EventId } from '../../../model/event.ts';
import { emptyEntries, sorted } from '../../keys/entries.ts';
import type { Key } from '../../keys/key.ts';
import { type KeyRuns, RUN_ENTRIES } from '../../keys/key-runs.ts';
import type { BringOverStep } from '../bring-over.ts';
import { type Database, one, scalar, transaction } from '../database.ts';
import { DELIVERIES, DIGESTS, eventKeys, type KeyKind } from './event-keys.ts';
import { keyRuns } from './key-tables.ts';

/** Some 3 ms. */
const READ_AT_ONCE = 750;

/** Deleting an index reads it as a whole: of so many events in some 20 ms. Of more it goes at the next start. */
const DROPPED_AT_ONCE = 250_000;

const OLD_INDEXES: ReadonlyMap<KeyKind, string> = new Map([
  [DELIVERIES, 'events_by_delivery'],
  [DIGESTS, 'events_by_digest'],
]);

/** Brings the keys of events that are older than these tables into runs, and then drops the indexes that had them. */
export function olderKeys(
  db: Database,
  keys: { readonly deliveries: KeyRuns; readonly digests: KeyRuns },
): readonly BringOverStep[] {
  return [stepOf(db, DELIVERIES, keys.deliveries), stepOf(db, DIGESTS, keys.digests)];
}

/** What was read and not yet written as a run. */
interface Collected {
  /** Up to where runs are written. */
  readonly from: EventId;
  upTo: EventId;
  readonly entries: ReturnType<typeof emptyEntries>;
  size: number;
}

function stepOf(db: Database, kind: KeyKind, keys: KeyRuns): BringOverStep {
  const read = eventKeys(db, kind);
  let collected: Collected | null = null;

  function write(upTo: EventId | null, { entries, size }: Collected): void {
    collected = null;
    keys.bringOver(sorted(entries, size), upTo);
  }

  return () => {
    keys.open();
    const from = keys.broughtUpTo;
    if (from === null) return 'done';
    if (keys.tidy()) return 'more';
    // Others may have gone on with it, or a transaction failed.
    if (collected?.from !== from) collected = { from, upTo: from, entries: emptyEntries(RUN_ENTRIES), size: 0 };
    const some = read(
      collected.upTo + 1,
      Number.MAX_SAFE_INTEGER,
      Math.min(READ_AT_ONCE, RUN_ENTRIES - collected.size),
    );
    for (const { id, key } of some) collect(collected, id, key);
    if (some.length === 0) {
      write(null, collected);
      if (isSmall(db)) dropOldIndex(db, kind);
      return 'done';
    }
    if (collected.size === RUN_ENTRIES) write(collected.upTo, collected);
    return 'more';
  };
}

function collect(collected: Collected, id: EventId, key: Key | null): void {
  collected.upTo = id;
  if (key === null) return;
  collected.entries.hi[collected.size] = key.hi;
  collected.entries.lo[collected.size] = key.lo;
  collected.entries.ids[collected.size] = id;
  collected.size += 1;
}

function isSmall(db: Database): boolean {
  return scalar(db.prepare('SELECT coalesce(max(id) - min(id), 0) FROM events')) < DROPPED_AT_ONCE;
}

function dropOldIndex(db: Database, kind: KeyKind): void {
  db.exec(`DROP INDEX IF EXISTS ${OLD_INDEXES.get(kind)}`);
}

/** Before anything is received: the indexes that nothing asks any more, and that were too large to go while it ran. */
export function dropUnusedIndexes(db: Database): void {
  for (const kind of unusedIndexes(db)()) transaction(db, () => dropOldIndex(db, kind));
}

/** Whose indexes nothing asks any more. */
export function unusedIndexes(db: Database): () => readonly KeyKind[] {
  const unused = db.prepare(`
    SELECT kind FROM key_kinds WHERE brought IS NULL AND EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ?)
    AND kind = ?`);
  return () => [...OLD_INDEXES].filter(([kind, name]) => one(unused, name, kind) !== undefined).map(([kind]) => kind);
}

/** What a migration does of it: without events nothing is to be brought. */
export function beginWithKeys(db: Database): void {
  if (scalar(db.prepare('SELECT EXISTS (SELECT 1 FROM events)')) === 1) return;
  db.exec('UPDATE key_kinds SET brought = NULL');
  for (const kind of OLD_INDEXES.keys()) dropOldIndex(db, kind);
}

/** Of a database into which rows were copied, whose keys lead no further than they were brought: those that are missing. */
export function missingKeys(db: Database): readonly BringOverStep[] {
  db.exec(`
    UPDATE key_kinds SET generation = generation + 1, brought = (
      SELECT coalesce(max(last_event), 0) FROM key_runs r WHERE r.kind = key_kinds.kind AND state <> 'dead')`);
  return olderKeys(db, { deliveries: keyRuns(db, DELIVERIES), digests: keyRuns(db, DIGESTS) });
}
