import type { EventId } from '../event.ts';
import type { SegmentId } from '../inbox/upkeep.ts';
import type { Mark } from './mark.ts';

/** How far something was read whose older part is done with. */
export interface Walk<Id> {
  readonly after: Id;
  /** The latest receipt up to there, ms since 1970. */
  readonly upTo: number;
  /** The first place behind which something that was due is needed still. Null: there is none. */
  readonly back: { readonly after: Id; readonly upTo: number } | null;
}

export const START: Walk<number> = { after: 0, upTo: 0, back: null };

/** What went. */
export interface Pruned {
  readonly bodies: number;
  readonly events: number;
  readonly attempts: number;
  readonly leftovers: number;
  /** Of the disk, given back. */
  readonly bytes: number;
}

export const NOTHING: Pruned = { bodies: 0, events: 0, attempts: 0, leftovers: 0, bytes: 0 };

/** What the lane keeps, in one row. */
export interface PruneState {
  readonly mark: Mark;
  /** By which exceptions and terms was walked; the walks of others begin anew. */
  readonly policy: string;
  /** Term in ms → how far bodies were gone through that are kept so long. */
  readonly walks: Readonly<Record<string, Walk<SegmentId>>>;
  readonly events: Walk<EventId>;
  /** When it was last gone back to what was needed. */
  readonly backAt: number;
  /** Bytes of bodies that went early and that the store does not count as free yet, up to this segment. */
  readonly credit: { readonly bytes: number; readonly upTo: SegmentId };
  /** The database is larger than it may be, and nothing is left that could go. */
  readonly isOverLimit: boolean;
  /** By how much the oldest body that is due outlived its term, while a pass runs, ms. */
  readonly behindMs: number;
  /** Why bodies stay though they are due, in words. Null: they do not. */
  readonly trouble: string | null;
  /** The last pass in which anything went. */
  readonly last: (Pruned & { readonly at: number }) | null;
}

export const CURSOR = 'prune';

export function freshState(mark: Mark): PruneState {
  const credit = { bytes: 0, upTo: 0 };
  return {
    mark,
    policy: '',
    walks: {},
    events: START,
    backAt: mark.at,
    credit,
    isOverLimit: false,
    behindMs: 0,
    trouble: null,
    last: null,
  };
}

/** Null: there is none, or none that this version wrote. */
export function parseState(text: string | null): PruneState | null {
  if (text === null) return null;
  try {
    const { version, ...state } = JSON.parse(text) as PruneState & { readonly version: number };
    return version === VERSION ? state : null;
  } catch {
    return null;
  }
}

export function stateText(state: PruneState): string {
  return JSON.stringify({ version: VERSION, ...state });
}

const VERSION = 1;
