import type { Activity, Person } from '../../model/activity.ts';
import { honestUrl, isDisguised } from '../honest-url.ts';
import { type Line, placeless } from '../line.ts';
import { cut, oneLine, wordsWithin } from '../plain.ts';
import { pageOf } from '../subject.ts';
import type { Run } from './run.ts';

/** The most characters of a title, and of an address: longer ones are left out. */
export interface RunLimits {
  readonly title: number;
  readonly url: number;
}

/** The line, but for where it happened: `mona | opened issue #12: | Uploads fail on Safari`. */
export function lineRuns(
  activity: Activity,
  { parts, title }: Line,
  max: RunLimits,
  look: Partial<Run> = {},
): readonly Run[] {
  const runs = placeless(parts).map(({ is, text }): Run => {
    if (is === 'actor') return personRun(activity.actor, max);
    return is === 'subject' ? { ...subjectRun(activity, text, max), ...look } : { text };
  });
  return joined([...runs, ...(title ? [{ text: ': ' }, { ...subjectRun(activity, title, max), ...look }] : [])]);
}

/** What stands side by side without a look of its own is one. */
function joined(runs: readonly Run[]): readonly Run[] {
  const all: Run[] = [];
  for (const run of runs) {
    const last = all.at(-1);
    const isPlain = last !== undefined && [last, run].every((each) => Object.keys(each).length === 1);
    if (isPlain) all[all.length - 1] = { text: last.text + run.text };
    else if (run.text !== '') all.push(run);
  }
  return all;
}

/** What an activity is about, as one link that shows `text`. */
export function subjectRun(activity: Activity, text: string, max: RunLimits): Run {
  const { url, host } = pageOf(activity, text, max.url);
  const shown = wordsWithin(oneLine(text), max.title) + host;
  return url === null ? { text: shown } : { text: shown, url };
}

export function personRun(person: Person | null, max: Pick<RunLimits, 'url'>): Run {
  const text = cut(oneLine(person?.login ?? ''), 60);
  const url = honestUrl(person?.url ?? null, max.url);
  return url === null || isDisguised(url, text) ? { text } : { text, url };
}
