import type { Activity } from '../model/activity.ts';
import { lineOf, textOf } from './line.ts';
import { firstWords } from './markdown/write-plain.ts';
import { wordsWithin } from './plain.ts';

const LIMIT = 300;
/** Of a title as much as tells it from others. */
const SPOKEN_TITLE = 60;

/**
 * What happened as one line of plain text for people, at most 300 characters:
 * `mona opened issue #12 in acme/api: Uploads fail on Safari`; with the words of who says something:
 * `mona commented on issue #12 in acme/api (Uploads fail on Safari): I can reproduce it`. Not escaped for any destination.
 */
export function sentence(activity: Activity): string {
  const { form, parts, title } = lineOf(activity);
  const { excerpt, isSpoken } = activity.said;
  const done = textOf(parts);
  const spoken = form === 'did' && isSpoken && excerpt !== null ? withWords(done, title, excerpt) : null;
  return spoken ?? wordsWithin(textOf(parts, title), LIMIT);
}

/** Null where there are none. */
function withWords(done: string, title: string, excerpt: string): string | null {
  const about = title && ` (${wordsWithin(title, SPOKEN_TITLE)})`;
  const words = firstWords(excerpt, LIMIT - done.length - about.length - 2);
  return words === '' ? null : `${done}${about}: ${words}`;
}
