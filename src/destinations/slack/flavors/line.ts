import type { Activity, Person } from '../../../model/activity.ts';
import { type Line, placeless } from '../../../text/line.ts';
import { wordsWithin } from '../../../text/plain.ts';
import { pageOf, placeOf } from '../../../text/subject.ts';
import { label, link, type Markup } from './markup.ts';

/** The most characters of a title, and of its address: longer ones are left out. */
export interface LineLimits {
  readonly title: number;
  readonly url: number;
}

const URL = 250;

/** The line, but for where it happened; each name leads to its page. */
export function writtenLine(markup: Markup, activity: Activity, { parts, title }: Line, max: LineLimits): string {
  const written = placeless(parts).map(({ is, text }) => {
    if (is === 'actor') return personLink(markup, activity.actor);
    if (is === 'place') return placeLink(markup, activity);
    return is === 'subject' ? subjectLink(markup, activity, text, max) : markup.dialect.words(text);
  });
  return written.join('') + (title && `: ${subjectLink(markup, activity, title, max)}`);
}

/** What an activity is about, as one link that shows `text`. */
export function subjectLink(markup: Markup, activity: Activity, text: string, max: LineLimits): string {
  const { url, host } = pageOf(activity, text, max.url);
  const written = label(markup, wordsWithin(text, max.title), 2 * max.title) + markup.dialect.words(host);
  return link(markup, url, written, max.url);
}

export function placeLink(markup: Markup, activity: Activity): string {
  return link(markup, activity.place?.url ?? null, label(markup, placeOf(activity), 140), URL);
}

export function personLink(markup: Markup, person: Person | null): string {
  return person ? link(markup, person.url, label(markup, person.login, 80), URL) : '';
}
