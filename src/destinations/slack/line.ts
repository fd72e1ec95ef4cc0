import type { Activity, Person } from '../../model/activity.ts';
import type { Line } from '../../text/line.ts';
import { pageOf, placeOf } from '../../text/subject.ts';
import { escapeText, label, link, neutralise } from './escape.ts';

/** The most characters of a title, and of its address: longer ones are left out. */
export interface LineLimits {
  readonly title: number;
  readonly url: number;
}

/** Of a person or a place beside the subject. */
const URL = 250;

/**
 * The line as mrkdwn, but for where it happened. Each name leads to its page; `mark` stands around what the line is about.
 */
export function lineInMrkdwn(activity: Activity, { form, parts }: Line, max: LineLimits, mark: '*' | '' = ''): string {
  const isAbout = form === 'headline' ? 'headline' : parts.some(({ is }) => is === 'subject') ? 'subject' : 'place';
  const texts = parts.map(({ is, text }) => {
    const shown = {
      actor: () => personLink(activity.actor),
      headline: () => label(text, 100),
      words: () => escapeText(neutralise(text)),
      subject: () => subjectLink(activity, text, max),
      place: () => placeLink(activity),
      where: () => '',
    }[is]();
    return is === isAbout && shown !== '' ? mark + shown + mark : shown;
  });
  return texts.join('');
}

/** What an activity is about, as one link that shows `text`. */
export function subjectLink(activity: Activity, text: string, max: LineLimits): string {
  const { url, host } = pageOf(activity, text, max.url);
  return link(url, label(text, max.title) + escapeText(host), max.url);
}

/** Where it happened; an organisation has no address of its own. */
export function placeLink(activity: Activity): string {
  return link(activity.place?.url ?? null, label(placeOf(activity), 140), URL);
}

export function personLink(person: Person | null): string {
  return person ? link(person.url, label(person.login, 80), URL) : '';
}
