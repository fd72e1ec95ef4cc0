import { performance } from 'node:perf_hooks';
import { failsBy, type Shrunk, shrink } from '../shrink.ts';
import type { Simulate } from '../types.ts';
import { simulatorWith } from './plant.ts';
import type { PlantedBug } from './planted-bug.ts';

/** How a bug was found. */
export interface Found {
  /** With the one that found it. */
  readonly seedsTried: number;
  /** Until it was found, ms. */
  readonly took: number;
  readonly shrunk: Shrunk;
}

/** The first of `count` seeds from `first` on that finds the bug, by its check. Null: none does. */
export async function hunt(bug: PlantedBug, first: number, count: number): Promise<Found | null> {
  using simulator = await simulatorWith(bug);
  const simulate: Simulate = (simulated) => simulator.simulate(simulated);
  const began = performance.now();
  for (let seed = first; seed < first + count; seed++) {
    if (!failsBy(await simulate({ seed }), bug.check)) continue;
    const took = performance.now() - began;
    return { seedsTried: seed - first + 1, took, shrunk: await shrink(simulate, { seed }, bug.check) };
  }
  return null;
}
