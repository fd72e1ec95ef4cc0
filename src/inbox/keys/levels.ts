import { BLOCK_ENTRIES, decodeBlock } from './block.ts';
import { type Entries, slice } from './entries.ts';
import type { KeptKey, KeyStore, StoredRun } from './key-store.ts';
import { mergeAfter } from './merge.ts';
import { type Blocks, PIECE_BLOCKS, PIECE_ENTRIES, pieceOf, type Run } from './run.ts';

/** So many runs of one level become one of the next: 130,000 keys, a million. */
const MERGED = 8;
const LAST_LEVEL = 2;

/** `changed`: other runs are live than before. */
type Tidied = 'nothing' | 'step' | 'changed';

/**
 * One step, at most some 3 ms: of merging, at each level, one piece; of what nobody asks any more, some pages.
 */
export function tidy(given: Omit<Shelf, 'stored'>, leftovers: Leftovers): Tidied {
  const shelf = { ...given, stored: given.store.runs() };
  const steps = Array.from({ length: LAST_LEVEL }, (_, level) => mergeAt(level, shelf));
  steps.push(dropOld(shelf, leftovers), deleteDead(shelf));
  if (steps.includes('changed')) return 'changed';
  return steps.includes('step') ? 'step' : 'nothing';
}

interface Shelf {
  readonly store: KeyStore;
  readonly stored: readonly StoredRun[];
  /** By their id. */
  readonly live: ReadonlyMap<number, Run>;
  readonly blocks: Blocks;
}

interface Leftovers {
  /** Another number at each step. */
  readonly turn: number;
  /** Takes the keys of a run that goes. */
  keep(kept: readonly KeptKey[]): void;
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

/** So few of a run's keys are not worth the run. */
const FEW = 1 / 32;
const FEW_AT_MOST = 500;

/**
 * Most of its events were deleted. An event that is dead, or waits, may be kept for years: its key moves to the newest, its run goes. One
 * run at each step is looked at, in turn.
 */
function dropOld({ store, stored }: Shelf, { turn, keep }: Leftovers): Tidied {
  const live = stored.filter((run) => run.state === 'live' && run.target === null);
  const run = live[turn % live.length];
  if (run === undefined) return 'nothing';
  const few = Math.min(FEW_AT_MOST, Math.floor(run.size * BLOCK_ENTRIES * FEW));
  const kept = store.kept(run.firstEvent, run.lastEvent, few);
  if (kept === null) return 'nothing';
  keep(kept);
  store.changeRun({ ...run, state: 'dead' });
  return 'changed';
}

function deleteDead({ store, stored }: Shelf): Tidied {
  const dead = stored.find(({ state }) => state === 'dead');
  if (dead === undefined) return 'nothing';
  store.deleteSome(dead.id);
  return 'step';
}
