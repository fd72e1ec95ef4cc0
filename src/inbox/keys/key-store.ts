import type { EventId } from '../../model/event.ts';
import type { Key } from './key.ts';
import type { Piece, Pieces, RunFacts } from './run.ts';

export interface StoredRun extends RunFacts {
  /** `building`: others are being merged into it, and answer until it is done. `dead`: it is being deleted. */
  readonly state: 'live' | 'building' | 'dead';
  /** The run it is being merged into. */
  readonly target: number | null;
}

export interface KeysState {
  /** Grows whenever the runs change. */
  readonly generation: number;
  /** Older events are in runs up to this one, and until all of them are, an older index answers. Null: there is none. */
  readonly broughtUpTo: EventId | null;
}

export interface KeptKey {
  readonly id: EventId;
  readonly key: Key;
}

/** Where the keys of one kind are kept. All of it within a transaction of whoever asks. */
export interface KeyStore {
  /** Another number whenever anybody else has committed since it was asked. */
  version(): number;
  state(): KeysState;
  setState(state: KeysState): void;

  /** The newest keys, in the order they came: rows from `from` on. */
  log(from: number): readonly { readonly n: number; readonly data: Uint8Array }[];
  /** In place of the row, if there is one. */
  writeLog(n: number, data: Uint8Array): void;
  clearLog(): void;

  runs(): readonly StoredRun[];
  /** Returns its id, which no run before had. */
  addRun(run: Omit<StoredRun, 'id'>): number;
  changeRun(run: StoredRun): void;
  /** `n`: the piece's number in the run; `block`: of its first block. */
  addPiece(run: number, n: number, block: number, piece: Piece): void;
  pieces(run: number): Pieces;
  /** Empty: damage has taken it, and its keys are not found. */
  block(run: number, block: number): Uint8Array;
  /** Some of a run, and with the last of it the run. */
  deleteSome(run: number): void;

  /** The keys of those events from `first` to `last` that are still there. Null: more than `most`. */
  kept(first: EventId, last: EventId, most: number): readonly KeptKey[] | null;
}
