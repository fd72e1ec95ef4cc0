import type { Activity, Person } from '../../model/activity.ts';
import { type Line, placeless, textOfParts } from '../../text/line.ts';
import { wordsWithin } from '../../text/plain.ts';
import { pageOf } from '../../text/subject.ts';
import { capitalised } from '../../text/words.ts';
import { escapeText, label, link } from './escape.ts';

/** The most characters of a title, and of its address: longer ones are left out. */
export interface LineLimits {
  readonly title: number;
  readonly url: number;
}

const PERSON_URL = 250;

/** The line for a title, whose author and place stand elsewhere: `Opened pull request #12: Retry uploads`. Escaped. */
export function titleLine(activity: Activity, { form, parts, title }: Line, maxUrl: number): string {
  const text = textOfParts(placeless(parts).filter(({ is }) => is !== 'actor')).trim();
  // A name that begins the line is written as it is.
  const words = escapeText(form === 'did' ? capitalised(text) : text);
  const about = title || (parts.find(({ is }) => is === 'subject')?.text ?? '');
  return words + (title && `: ${escapeText(title)}`) + escapeText(pageOf(activity, about, maxUrl).host);
}

/** The line as Markdown, but for where it happened. */
export function lineInMarkdown(activity: Activity, { parts, title }: Line, max: LineLimits): string {
  const written = placeless(parts).map(({ is, text }) => {
    if (is === 'actor') return personLink(activity.actor);
    return is === 'subject' ? subjectLink(activity, text, max) : escapeText(text);
  });
  return written.join('') + (title && `: ${subjectLink(activity, title, max)}`);
}

/** What an activity is about, as one link that shows `text`. */
export function subjectLink(activity: Activity, text: string, max: LineLimits): string {
  const { url, host } = pageOf(activity, text, max.url);
  return link(url, label(wordsWithin(text, max.title), max.title) + escapeText(host), max.url);
}

export function personLink(person: Person | null): string {
  return person ? link(person.url, label(person.login, 60), PERSON_URL) : '';
}
