import { performance } from 'node:perf_hooks';
import { type Shrunk, shrink } from '../shrink.ts';
import type { CheckName, Simulate, Verdict } from '../types.ts';
import { simulatorWith } from './plant.ts';
import type { PlantedBug } from './planted-bug.ts';

/** How a bug was found. */
export interface Found {
  readonly verdict: Verdict;
  /** Which check found it. */
  readonly check: CheckName;
  /** With the one that found it. */
  readonly seedsTried: number;
  /** Until it was found. */
  readonly ms: number;
  readonly shrunk: Shrunk;
}

/** The first of the seeds from `first` on that finds the bug. Null: none of `count` does. */
export async function hunt(bug: PlantedBug, first: number, count: number): Promise<Found | null> {
  const { simulate } = await simulatorWith(bug);
  const began = performance.now();
  const verdict = await firstThatFails(simulate, first, count);
  if (verdict === null) return null;
  const ms = performance.now() - began;
  const { seed, violations } = verdict;
  const check = violations.find((violation) => violation.check === bug.check)?.check ?? violations[0]?.check;
  if (check === undefined) throw new Error(`seed ${seed} failed by nothing`);
  return { verdict, check, seedsTried: seed - first + 1, ms, shrunk: await shrink(simulate, { seed }, check) };
}

async function firstThatFails(simulate: Simulate, first: number, count: number): Promise<Verdict | null> {
  for (let seed = first; seed < first + count; seed++) {
    const verdict = await simulate({ seed });
    if (!verdict.ok) return verdict;
  }
  return null;
}
