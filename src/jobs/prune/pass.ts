import { DAY_MS, type Mark } from '../../model/pruning/mark.ts';
import { NOTHING, type PruneState, START, type Walk } from '../../model/pruning/state.ts';
import type { Terms } from '../../model/retention.ts';
import { keepBelow, shrink } from './excess.ts';
import { deleteAttempts, deleteEvents, deleteLeftovers } from './rows.ts';
import { type BodyTerms, bodyTerms, laterOf, longer } from './terms.ts';
import { save, type Tools } from './tools.ts';
import { NotKeptError, walkBodies } from './walk-bodies.ts';

/** What goes now. */
export interface InForce {
  readonly bodies: BodyTerms;
  readonly events: number | null;
  readonly attempts: number | null;
  readonly maxBytes: number | null;
  /** The same for the same exceptions and terms. */
  readonly policy: string;
}

/** Null: nothing goes yet, see Mark. */
export function inForceOf({ inForce, wanted, waitMs }: Mark): InForce | null {
  if (waitMs === 0) return plain(wanted);
  if (inForce === null) return null;
  return {
    bodies: laterOf(bodyTerms(inForce), bodyTerms(wanted)),
    events: longer(inForce.events, wanted.events),
    attempts: longer(inForce.attempts, wanted.attempts),
    maxBytes: longer(inForce.maxBytes, wanted.maxBytes),
    policy: JSON.stringify([inForce.bodies, inForce.exceptions, wanted.bodies, wanted.exceptions]),
  };
}

export function plain(terms: Terms): InForce {
  const { bodies, exceptions, events, attempts, maxBytes } = terms;
  const policy = JSON.stringify([bodies, exceptions]);
  return { bodies: bodyTerms(terms), events, attempts, maxBytes, policy };
}

/**
 * Once through all that may have outlived its term, in the order in which it frees most:
 *
 * 1. Bodies by age, each term with a walk of its own, so that a short one does not go through what is kept long.
 * 2. Above the limit, the oldest bodies.
 * 3. Attempts, then events without a body, then what hung on events that are gone.
 * 4. What is free goes back to the disk.
 *
 * @throws Stopped when the lane is another's, or the worker stops
 */
export async function pass(tools: Tools, inForce: InForce): Promise<void> {
  const { keeper, now } = tools;
  keeper.pruned = NOTHING;
  const isDaily = isDayOver(keeper.state, inForce, now);
  keeper.state = ready(keeper.state, inForce, now);
  await pruneBodies(tools, inForce);
  await deleteAttempts(tools, inForce.attempts);
  await deleteEvents(tools, inForce.events);
  // These are looked for in whole tables.
  if (isDaily) await deleteLeftovers(tools, inForce.events);
  await shrink(tools);
  const { bodies, events, attempts, leftovers } = keeper.pruned;
  const isAnything = bodies + events + attempts + leftovers > 0;
  keeper.state = {
    ...keeper.state,
    behindMs: 0,
    ...(isAnything ? { last: { ...keeper.pruned, at: now } } : {}),
  };
  await save(tools);
}

/** An archive that cannot be written keeps the bodies, and nothing else. */
async function pruneBodies(tools: Tools, { bodies, maxBytes }: InForce): Promise<void> {
  const { keeper, log } = tools;
  let trouble: string | null = null;
  try {
    for (const term of bodies.finite) await walkBodies(tools, bodies, term);
    await keepBelow(tools, maxBytes);
  } catch (error) {
    if (!(error instanceof NotKeptError)) throw error;
    trouble = error.message;
    log.error(
      { err: error },
      `bodies that are due stay: they cannot be written into the folder of archive_to. ${trouble}`,
    );
  }
  keeper.state = { ...keeper.state, trouble };
}

function isDayOver({ policy, backAt }: PruneState, inForce: InForce, now: number): boolean {
  return policy !== inForce.policy || Math.abs(now - backAt) >= DAY_MS;
}

/** Other terms are other walks; and once a day, what was needed is looked at again. */
function ready(state: PruneState, { policy }: InForce, now: number): PruneState {
  if (state.policy !== policy) return { ...state, policy, walks: {}, events: START, backAt: now };
  if (Math.abs(now - state.backAt) < DAY_MS) return state;
  const walks = Object.entries(state.walks).map(([term, walk]) => [term, goneBack(walk)]);
  return { ...state, walks: Object.fromEntries(walks), events: goneBack(state.events), backAt: now };
}

function goneBack(walk: Walk<number>): Walk<number> {
  return walk.back === null ? walk : { ...walk.back, back: null };
}
