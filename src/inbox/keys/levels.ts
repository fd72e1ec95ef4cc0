import { decodeBlock } from './block.ts';
import { type Entries, slice } from './entries.ts';
import type { KeyStore, StoredRun } from './key-store.ts';
import { mergeAfter } from './merge.ts';
import { type Blocks, PIECE_BLOCKS, PIECE_ENTRIES, pieceOf, type Run } from './run.ts';

/** So many runs of one level become one of the next: 130,000 keys, a million. */
const MERGED = 8;
const LAST_LEVEL = 2;

/** `changed`: other runs are live than before. */
type Tidied = 'nothing' | 'step' | 'changed';

/**
 * One step, at most some 3 ms: of merging, at each level, one piece; of what nobody asks any more, some pages. `live`: the runs that are, by
 * their id.
 */
export function tidy(store: KeyStore, live: ReadonlyMap<number, Run>, blocks: Blocks): Tidied {
  const stored = store.runs();
  const steps = Array.from({ length: LAST_LEVEL }, (_, level) => mergeAt(level, { store, stored, live, blocks }));
  steps.push(dropOld(store, stored), deleteDead(store, stored));
  if (steps.includes('changed')) return 'changed';
  return steps.includes('step') ? 'step' : 'nothing';
}

interface Shelf {
  readonly store: KeyStore;
  readonly stored: readonly StoredRun[];
  readonly live: ReadonlyMap<number, Run>;
  readonly blocks: Blocks;
}

function mergeAt(level: number, shelf: Shelf): Tidied {
  const target = shelf.stored.find((run) => run.state === 'building' && run.level === level + 1);
  return target === undefined ? beginMerge(level, shelf) : continueMerge(target, shelf);
}

/** Of the oldest: so what came together goes together. */
function beginMerge(level: number, { store, stored }: Shelf): Tidied {
  const sources = stored
    .filter((run) => run.state === 'live' && run.level === level && run.target === null)
    .toSorted((a, b) => a.firstEvent - b.firstEvent)
    .slice(0, MERGED);
  if (sources.length < MERGED) return 'nothing';
  const target = store.addRun({
    level: level + 1,
    state: 'building',
    target: null,
    firstEvent: Math.min(...sources.map(({ firstEvent }) => firstEvent)),
    lastEvent: Math.max(...sources.map(({ lastEvent }) => lastEvent)),
    size: 0,
  });
  for (const source of sources) store.changeRun({ ...source, target });
  return 'step';
}

function continueMerge(target: StoredRun, { store, stored, live, blocks }: Shelf): Tidied {
  const sources = stored.filter((run) => run.target === target.id && run.state === 'live');
  const runs = sources.flatMap(({ id }) => live.get(id) ?? []);
  const entries = mergeAfter(runs, lastOf(target, store), PIECE_ENTRIES, blocks);
  let { size } = target;
  if (entries.hi.length > 0) {
    const piece = pieceOf(entries);
    // All that were written before are full.
    store.addPiece(target.id, size / PIECE_BLOCKS, size, piece);
    size += piece.blocks.length;
  }
  const isDone = entries.hi.length < PIECE_ENTRIES;
  store.changeRun({ ...target, size, state: isDone ? 'live' : 'building' });
  if (!isDone) return 'step';
  for (const source of sources) store.changeRun({ ...source, state: 'dead' });
  return 'changed';
}

function lastOf({ id, size }: StoredRun, store: KeyStore): Entries | null {
  if (size === 0) return null;
  const block = decodeBlock(store.block(id, size - 1));
  return slice(block, block.hi.length - 1, block.hi.length);
}

/** What leads only to events that were deleted. */
function dropOld(store: KeyStore, stored: readonly StoredRun[]): Tidied {
  const oldest = store.oldestEvent() ?? 0;
  const old = stored.filter((run) => run.state === 'live' && run.target === null && run.lastEvent < oldest);
  for (const run of old) store.changeRun({ ...run, state: 'dead' });
  return old.length === 0 ? 'nothing' : 'changed';
}

function deleteDead(store: KeyStore, stored: readonly StoredRun[]): Tidied {
  const dead = stored.find(({ state }) => state === 'dead');
  if (dead === undefined) return 'nothing';
  store.deleteSome(dead.id);
  return 'step';
}
