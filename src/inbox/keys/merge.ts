import { compare, copyEntry, type Entries, emptyEntries, slice } from './entries.ts';
import type { Blocks, Run } from './run.ts';

/** Where a merge stands in one of its sources. */
interface Reader {
  readonly run: Run;
  block: number;
  at: number;
  entries: Entries;
}

/** At most `limit` entries of sorted runs in one order, from behind `after` on (one entry; null: from the first). Each once. */
export function mergeAfter(runs: readonly Run[], after: Entries | null, limit: number, blocks: Blocks): Entries {
  const readers = runs.flatMap((run) => readerBehind(run, after, blocks) ?? []);
  const result = emptyEntries(limit);
  let size = 0;
  while (size < limit) {
    const least = leastOf(readers);
    if (least === null) break;
    if (size === 0 || compare(result, size - 1, least.entries, least.at) !== 0) {
      copyEntry(least.entries, least.at, result, size++);
    }
    if (!step(least, blocks)) readers.splice(readers.indexOf(least), 1);
  }
  return slice(result, 0, size);
}

function readerBehind(run: Run, after: Entries | null, blocks: Blocks): Reader | null {
  const block = after === null ? 0 : run.blockOf({ hi: after.hi[0] as number, lo: after.lo[0] as number });
  const reader = { run, block, at: 0, entries: blocks(run.facts.id, block) };
  while (after !== null && compare(reader.entries, reader.at, after, 0) <= 0) if (!step(reader, blocks)) return null;
  return reader;
}

function leastOf(readers: readonly Reader[]): Reader | null {
  let least: Reader | null = null;
  for (const each of readers) {
    if (least === null || compare(each.entries, each.at, least.entries, least.at) < 0) least = each;
  }
  return least;
}

/** False: there is nothing behind. */
function step(reader: Reader, blocks: Blocks): boolean {
  reader.at += 1;
  if (reader.at < reader.entries.hi.length) return true;
  reader.block += 1;
  if (reader.block >= reader.run.facts.size) return false;
  reader.entries = blocks(reader.run.facts.id, reader.block);
  reader.at = 0;
  return true;
}
