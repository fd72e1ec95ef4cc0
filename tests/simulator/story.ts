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

/**
 * The lines of the story up to what is wrong. Of a long one those about the same events or destination, and those about neither: what
 * became of machines, disk and clock.
 */
export function linesThatMatter(story: readonly string[]): readonly string[] {
  const wrong = story.findIndex((line) => line.includes('VIOLATION'));
  const upTo = wrong === -1 ? story : story.slice(0, wrong + 1);
  if (upTo.length <= MOST_LINES) return upTo;
  const concerned = [...eventsOf(upTo.at(-1) ?? ''), ...placesOf(upTo.at(-1) ?? '')];
  const matter = upTo.filter((line) => {
    const about = [...eventsOf(line), ...placesOf(line)];
    return about.length === 0 || about.some((each) => concerned.includes(each));
  });
  return matter.slice(-MOST_LINES);
}

function eventsOf(line: string): readonly string[] {
  return [...line.matchAll(/\bevents? (\d+(?:, \d+)*)/g)].flatMap(([, ids = '']) => ids.split(', '));
}

function placesOf(line: string): readonly string[] {
  return line.match(/\b(?:chat|hook)\b/g) ?? [];
}
