import type { CheckName, Simulate, Simulated, Verdict } from './types.ts';

/** A failing run with as little in it as still fails in the same way. */
export interface Shrunk {
  /** Runs it again. */
  readonly simulated: Simulated;
  readonly verdict: Verdict;
  /** How many runs it took. */
  readonly tried: number;
}

/** So many runs are tried at most: some seconds. What is left then is as small as it got. */
const MOST_TRIED = 1_000;

/**
 * Leaves out of a run that fails by `check` what it does without: first deliveries from the end, then deliveries and faults in ever
 * smaller pieces (delta debugging), until none can go by itself. Each candidate is simulated anew, so the same run shrinks to the same story.
 */
export async function shrink(simulate: Simulate, simulated: Simulated, check: CheckName): Promise<Shrunk> {
  let best = { simulated, verdict: await simulate(simulated) };
  let tried = 1;
  if (!failsBy(best.verdict, check)) throw new Error(`seed ${simulated.seed} does not fail by ${check}`);

  /** Keeps the candidate if it fails in the same way. */
  async function fails(candidate: Simulated): Promise<boolean> {
    if (tried >= MOST_TRIED) return false;
    tried += 1;
    const verdict = await simulate(candidate);
    if (!failsBy(verdict, check)) return false;
    best = { simulated: candidate, verdict };
    return true;
  }

  await shorten(best, fails);
  const { steps } = best.simulated;
  const planned = best.verdict.happenings.map(({ index }) => index);
  const left = (kept: readonly number[]): Simulated => {
    const without = new Set([...(simulated.without ?? []), ...planned.filter((index) => !kept.includes(index))]);
    return { ...simulated, steps, without };
  };
  await minimal(planned, (kept) => fails(left(kept)));
  return { ...best, tried };
}

export function failsBy({ violations }: Verdict, check: CheckName): boolean {
  return violations.some((violation) => violation.check === check);
}

/** By halves, as long as that is enough. */
async function shorten(
  { simulated, verdict }: { readonly simulated: Simulated; readonly verdict: Verdict },
  fails: (candidate: Simulated) => Promise<boolean>,
): Promise<void> {
  let steps = verdict.happenings.length;
  for (let fewer = Math.floor(steps / 2); fewer > 0; fewer = Math.floor(steps / 2)) {
    if (!(await fails({ ...simulated, steps: fewer }))) return;
    steps = fewer;
  }
}

/**
 * Some of `items` that fail, of which none can be left out by itself. Zeller's ddmin, complements only: in all pieces of half the size, a
 * quarter and so on.
 */
export async function minimal<T>(
  items: readonly T[],
  fails: (items: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  if (items.length > 0 && (await fails([]))) return [];
  let kept = items;
  for (let size = Math.ceil(kept.length / 2); kept.length > 0; ) {
    const before = kept.length;
    for (let from = 0; from < kept.length; ) {
      const rest = kept.toSpliced(from, size);
      if (rest.length > 0 && (await fails(rest))) kept = rest;
      else from += size;
    }
    // What went may have been what others were needed for.
    if (size === 1 && kept.length === before) return kept;
    size = Math.max(1, Math.min(Math.floor(size / 2), Math.ceil(kept.length / 2)));
  }
  return kept;
}
