import type { Activity, Person } from '../../model/activity.ts';
import { type Line, textOf } from '../../text/line.ts';
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
export function titleLine(activity: Activity, { form, parts }: Line, maxUrl: number): string {
  const text = textOf(parts.filter(({ is }) => is !== 'actor' && is !== 'where')).trim();
  const about = parts.find(({ is }) => is === 'subject')?.text ?? '';
  // A name that begins the line is written as it is.
  return escapeText((form === 'did' ? capitalised(text) : text) + pageOf(activity, about, maxUrl).host);
}

/** The line as Markdown, but for where it happened. */
export function lineInMarkdown(activity: Activity, { parts }: Line, max: LineLimits): string {
  const texts = parts.map(({ is, text }) => {
    switch (is) {
      case 'actor':
        return personLink(activity.actor);
      case 'subject':
        return subjectLink(activity, text, max);
      case 'where':
        return '';
      case 'headline':
      case 'place':
      case 'words':
        return escapeText(text);
    }
  });
  return texts.join('');
}

/** What an activity is about, as one link that shows `text`. */
export function subjectLink(activity: Activity, text: string, max: LineLimits): string {
  const { url, host } = pageOf(activity, text, max.url);
  return link(url, label(text, max.title) + escapeText(host), max.url);
}

export function personLink(person: Person | null): string {
  return person ? link(person.url, label(person.login, 60), PERSON_URL) : '';
}
