import type { Activity } from '../model/activity.ts';
import { type Line, lineOf, textOfParts } from './line.ts';
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
  const line = lineOf(activity);
  return wordsWithin(spoken(activity, line) ?? textOfParts(line.parts, line.title), LIMIT);
}

/** What somebody says with this event, in at most `max` characters; '' where nobody does. */
export function spokenWords({ said }: Activity, max: number): string {
  return said.isSpoken && said.excerpt !== null ? firstWords(said.excerpt, max) : '';
}

/** Null where nobody says anything. */
function spoken(activity: Activity, { form, parts, title }: Line): string | null {
  if (form !== 'did') return null;
  const about = textOfParts(parts) + (title && ` (${wordsWithin(title, SPOKEN_TITLE)})`);
  const words = spokenWords(activity, LIMIT - about.length - 2);
  return words === '' ? null : `${about}: ${words}`;
}
