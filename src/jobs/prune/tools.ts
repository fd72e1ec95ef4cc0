import type { History } from '../../model/inbox/history.ts';
import type { Fenced, Lease } from '../../model/inbox/lanes.ts';
import type { Upkeep } from '../../model/inbox/upkeep.ts';
import type { Cursors } from '../../model/inbox.ts';
import { CURSOR, type Pruned, type PruneState, stateText } from '../../model/pruning/state.ts';
import type { KeepAside } from '../../model/retention.ts';
import type { PrunedKind, Telemetry } from '../../model/telemetry.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Logger } from '../../shared/log.ts';
import type { Pace } from './pace.ts';

/** The lane belongs to another worker by now, or this one stops: whatever was begun ends here. Nothing is lost by it. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** What a pass works with. */
export interface Tools {
  readonly inbox: Upkeep & Cursors & Pick<History, 'lastBefore'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly telemetry: Pick<Telemetry, 'pruned'>;
  readonly lease: Lease;
  readonly pace: Pace;
  /** Null: bodies go without being written down. */
  readonly keepAside: KeepAside | null;
  /** Tries until it works. @throws Stopped when nobody wants the result any more */
  persist<T>(what: string, work: () => Promise<T>): Promise<T>;
  /** When this pass began, ms since 1970: ages are counted from here, whatever the clock does meanwhile. */
  readonly now: number;
  readonly keeper: Keeper;
}

/** The state of a pass, written down as it goes on. */
export interface Keeper {
  state: PruneState;
  pruned: Pruned;
  /** Monotonic. */
  savedAt: number;
  /** @throws Stopped */
  lost(): never;
}

/** @throws Stopped when the lane is another's */
export function unfenced<T>(tools: Pick<Tools, 'keeper'>, result: T | Fenced): T {
  return result === 'fenced' ? tools.keeper.lost() : result;
}

export function count(tools: Tools, kind: PrunedKind, times: number): void {
  if (times === 0) return;
  const { keeper } = tools;
  keeper.pruned = { ...keeper.pruned, [kind]: keeper.pruned[kind] + times };
  tools.telemetry.pruned(kind, times);
}

const SAVE_EVERY_MS = 30_000;

/** A pass that is cut off goes on near where it was. */
export async function saveNowAndThen(tools: Tools): Promise<void> {
  if (tools.clock.monotonic() - tools.keeper.savedAt >= SAVE_EVERY_MS) await save(tools);
}

export async function save({ inbox, persist, keeper, clock }: Tools): Promise<void> {
  keeper.savedAt = clock.monotonic();
  await persist('noting how far pruning got', () => inbox.remember(CURSOR, stateText(keeper.state)));
}
