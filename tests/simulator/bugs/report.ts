import { storyOf } from '../story.ts';
import { BUGS } from './bugs.ts';
import { hunt } from './hunt.ts';
import type { PlantedBug } from './planted-bug.ts';

/** Looks for all bugs, or the one. Says how each was found, with its story; returns the exit code. */
export async function huntAll(
  only: PlantedBug | null,
  first: number,
  count: number,
  say: (line: string) => void,
): Promise<number> {
  let missed = 0;
  for (const bug of only === null ? BUGS : [only]) {
    const found = await hunt(bug, first, count);
    say(`\n${bug.name} (fixed in ${bug.fixedIn}): ${bug.says}`);
    if (found === null) {
      missed += 1;
      say(`  NOT FOUND by ${count} seeds from ${first}`);
      continue;
    }
    const { shrunk, seedsTried, took } = found;
    const { seed, wakeUps } = shrunk.verdict;
    const inAll = `the ${seedsTried}. that was tried, after ${(took / 1_000).toFixed(1)} s`;
    say(`  found by seed ${seed} (${inAll}) and the check "${bug.check}"; shrunk to ${wakeUps} wake-ups:`);
    for (const line of storyOf(shrunk, bug)) say(`  ${line}`);
  }
  say(`\n${(only === null ? BUGS.length : 1) - missed} found, ${missed} not`);
  return missed === 0 ? 0 : 1;
}
