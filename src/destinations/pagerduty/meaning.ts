import type { Activity, Compared } from '../../model/activity.ts';
import { cut, oneLine } from '../../text/plain.ts';
import { threadKey } from '../message-key.ts';

/**
 * trigger   something is broken: an alert opens, or the open one of the same key is told again
 * resolve   it is fixed: the alert of that key closes; where none is open, nothing happens
 * change    neither: what happened is shown to whoever looks for the cause, and nobody is called
 */
export type Meaning = 'trigger' | 'resolve' | 'change';

/** By the result that recurs, which breaks and is fixed; else by bad news. What has a severity and ends well is what was found before. */
export function meaningOf({ activity, transition }: Compared): Meaning {
  const { result, said, facets } = activity;
  if (result !== null) {
    if (!result.passed) return 'trigger';
    return transition === 'still_passing' ? 'change' : 'resolve';
  }
  if (said.tone === 'bad') return 'trigger';
  const hasEnded = said.tone === 'good' || said.tone === 'done';
  return facets.severity !== null && hasEnded ? 'resolve' : 'change';
}

const LONGEST_KEY = 255;

/**
 * What is broken, the same when it is fixed: the workflow of a repository on a branch, a monitor, an alert's page. At most 255 characters.
 * A page is named with its source, so that nobody who writes to another one can close it.
 */
export function alertKey({ result, source, subject, keys }: Activity): string {
  const key = result?.key ?? `${source} ${subject?.url || keys.thread || keys.dedup}`;
  const seen = oneLine(key);
  if (seen === key && key.length <= LONGEST_KEY) return key;
  return `${cut(seen, LONGEST_KEY - 33)} ${threadKey(key)}`.trim();
}
