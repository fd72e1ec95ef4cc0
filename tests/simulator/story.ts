import type { PlantedBug } from './bugs/planted-bug.ts';
import type { Shrunk } from './shrink.ts';

/** As many as a person follows. */
const MOST_LINES = 30;

/** What happened in a run that was shrunk, for a person: how to see it again, what was planned, each thing that was seen, what is wrong. */
export function storyOf({ simulated, verdict, tried }: Shrunk, bug: PlantedBug | null): readonly string[] {
  const { seed, steps, without = new Set<number>() } = simulated;
  const left = verdict.happenings.filter(({ index }) => !without.has(index));
  const options = [
    ...(bug === null ? [] : [`--bug ${bug.name}`]),
    `--seed ${seed}`,
    ...(steps === undefined ? [] : [`--steps ${steps}`]),
    ...(without.size === 0 ? [] : [`--without ${[...without].toSorted((a, b) => a - b).join(',')}`]),
  ];
  return [
    `npm run simulate -- ${options.join(' ')}   (found in ${tried} runs)`,
    ...left.map(({ says }) => `  planned: ${says}`),
    ...linesThatMatter(verdict.story),
  ];
}

/** The lines of the story; of a long one those up to what is wrong, the last ones. */
export function linesThatMatter(story: readonly string[]): readonly string[] {
  const wrong = story.findIndex((line) => line.includes('VIOLATION'));
  const upTo = wrong === -1 ? story : story.slice(0, wrong + 1);
  return upTo.length <= MOST_LINES ? upTo : upTo.slice(-MOST_LINES);
}
