import type { EventId } from '../../model/event.ts';
import { decodeBlock, decodeLogged, encodeLogged } from './block.ts';
import { type Entries, slice } from './entries.ts';
import type { Key } from './key.ts';
import type { KeptKey, KeyStore, KeysState } from './key-store.ts';
import { tidy } from './levels.ts';
import { Newest } from './newest.ts';
import { PIECE_BLOCKS, PIECE_ENTRIES, type Pieces, pieceOf, Run, type RunFacts } from './run.ts';

/** So many in memory become a run of level 0, in four pieces: some 4 ms. */
export const RUN_ENTRIES = 4 * PIECE_ENTRIES;
/** After so many keys the runs are tidied by a step: more often than merging them needs. */
const KEYS_A_STEP = 2_048;
/** A row of the log is written anew with each commit until it is this long. */
const ENTRIES_A_ROW = 64;

/** In keys. */
export interface Limits {
  /** What becomes a run. */
  readonly run: number;
  /** After what a step is made. */
  readonly step: number;
}

/** The log's last row. */
interface LogRow {
  readonly n: number;
  /** The first of the newest that stands in it. */
  readonly start: number;
}

/**
 * An index from 64-bit keys to events that is written in the order of time: the newest keys are in memory and in a short log, older ones
 * in sorted runs, each behind a filter in memory. So a commit writes where the one before it wrote, where a B-tree over random keys writes
 * a page for each.
 *
 * Several processes share it. Each use is within one transaction that nobody else can write beside: `open` first, `close` last; and
 * `forget` when the transaction failed.
 */
export class KeyRuns {
  readonly #store: KeyStore;
  readonly #limits: Limits;
  #version = -1;
  #state: KeysState = { generation: -1, broughtUpTo: null };
  #newest = new Newest();
  #logged = 0;
  #turn = 0;
  #row: LogRow = { n: 0, start: 0 };
  /** By their first event. */
  #runs: readonly Run[] = [];
  /** Those of the last transaction that was committed. */
  #lasting: readonly Run[] = [];

  constructor(store: KeyStore, limits: Limits = { run: RUN_ENTRIES, step: KEYS_A_STEP }) {
    this.#store = store;
    this.#limits = limits;
  }

  /** Up to where older events were brought. Null: all of them. */
  get broughtUpTo(): EventId | null {
    return this.#state.broughtUpTo;
  }

  /** What others have written since is read: by a look into memory that there was nothing, otherwise by one or two seeks. */
  open(): void {
    this.#lasting = this.#runs;
    const version = this.#store.version();
    if (version === this.#version) return;
    const state = this.#store.state();
    if (state.generation !== this.#state.generation) this.#reload(state);
    this.#readLog();
    this.#version = version;
  }

  /** The least of the events below `below` with this key that `accept` takes. */
  find({ hi, lo }: Key, below: EventId, accept: (id: EventId) => boolean): EventId | null {
    let limit = below;
    let found: EventId | null = null;
    const accepts = (id: EventId) => id < limit && accept(id);
    for (const run of this.#runs) {
      if (run.facts.firstEvent >= limit) break;
      found = run.find(hi, lo, this.#blocks, accepts) ?? found;
      limit = found ?? below;
    }
    // Not behind the runs: keys of one that went are among the newest too.
    if (this.#newest.firstEvent >= limit) return found;
    return this.#newest.find(hi, lo, accepts) ?? found;
  }

  /** Whether `accept` takes one of the events whose keys have this `hi`. */
  has(hi: number, accept: (id: EventId) => boolean): boolean {
    return (
      this.#newest.find(hi, null, accept) !== null ||
      this.#runs.some((run) => run.find(hi, null, this.#blocks, accept) !== null)
    );
  }

  add(key: Key, id: EventId): void {
    this.#newest.add(key, id);
  }

  close(): void {
    const { size } = this.#newest;
    if (size === this.#logged) return;
    const isStep = Math.floor(size / this.#limits.step) > Math.floor(this.#logged / this.#limits.step);
    if (size < this.#limits.run) this.#writeLog();
    else this.#writeNewest();
    if (isStep) this.tidy();
  }

  forget(): void {
    this.#runs = this.#lasting;
    this.#version = -1;
    this.#state = { generation: -1, broughtUpTo: null };
  }

  /** A step of merging runs, or of deleting what is of no use any more. False: there is nothing to do. */
  tidy(): boolean {
    const live = new Map(this.#runs.map((run) => [run.facts.id, run]));
    const keep = (kept: readonly KeptKey[]) => {
      for (const { key, id } of kept) this.#newest.add(key, id);
      if (kept.length > 0) this.#writeLog();
    };
    const done = tidy({ store: this.#store, live, blocks: this.#blocks }, { turn: this.#turn++, keep });
    if (done === 'changed') this.#changed(this.#state.broughtUpTo);
    return done !== 'nothing';
  }

  /** Sorted entries of events up to `upTo`, which are older than this index. `upTo` null: those were all. */
  bringOver(entries: Entries, upTo: EventId | null): void {
    if (entries.hi.length > 0) this.#writeRun(entries);
    this.#changed(upTo);
  }

  readonly #blocks = (run: number, block: number): Entries => decodeBlock(this.#store.block(run, block));

  #writeLog(): void {
    if (this.#logged - this.#row.start >= ENTRIES_A_ROW) this.#row = { n: this.#row.n + 1, start: this.#logged };
    this.#store.writeLog(this.#row.n, encodeLogged(this.#newest.since(this.#row.start)));
    this.#logged = this.#newest.size;
  }

  #writeNewest(): void {
    this.#writeRun(this.#newest.sorted());
    this.#store.clearLog();
    this.#forgetNewest();
    this.#changed(this.#state.broughtUpTo);
  }

  #writeRun(entries: Entries): void {
    const count = entries.hi.length;
    const pieces = Math.ceil(count / PIECE_ENTRIES);
    const parts = Array.from({ length: pieces }, (_, n) =>
      pieceOf(slice(entries, n * PIECE_ENTRIES, Math.min(count, (n + 1) * PIECE_ENTRIES))),
    );
    const run = this.#store.addRun({
      level: 0,
      state: 'live',
      target: null,
      firstEvent: entries.ids.reduce((a, b) => Math.min(a, b)),
      lastEvent: entries.ids.reduce((a, b) => Math.max(a, b)),
      size: parts.reduce((sum, { blocks }) => sum + blocks.length, 0),
    });
    for (const [n, part] of parts.entries()) this.#store.addPiece(run, n, n * PIECE_BLOCKS, part);
  }

  #changed(broughtUpTo: EventId | null): void {
    this.#state = { generation: this.#state.generation + 1, broughtUpTo };
    this.#store.setState(this.#state);
    this.#readRuns();
  }

  #reload(state: KeysState): void {
    this.#state = state;
    this.#readRuns();
    this.#forgetNewest();
  }

  #forgetNewest(): void {
    this.#newest = new Newest();
    this.#logged = 0;
    this.#row = { n: 0, start: 0 };
  }

  #readRuns(): void {
    const held = new Map(this.#runs.map((run) => [run.facts.id, run]));
    this.#runs = this.#store
      .runs()
      .filter(({ state }) => state === 'live')
      .flatMap((facts) => held.get(facts.id) ?? runOrNothing(facts, this.#store.pieces(facts.id)))
      .toSorted((a, b) => a.facts.firstEvent - b.facts.firstEvent);
  }

  #readLog(): void {
    for (const { n, data } of this.#store.log(this.#row.n)) {
      if (n !== this.#row.n) this.#row = { n, start: this.#logged };
      const entries = decodeLogged(data);
      this.#newest.addAll(slice(entries, this.#logged - this.#row.start, entries.hi.length));
      this.#logged = this.#newest.size;
    }
  }
}

/** Nothing: it is damaged, so its keys are not found. */
function runOrNothing(facts: RunFacts, pieces: Pieces): Run | [] {
  try {
    return new Run(facts, pieces);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [];
  }
}
