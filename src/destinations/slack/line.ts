import type { Activity, Person } from '../../model/activity.ts';
import type { Line, Part } from '../../text/line.ts';
import { pageOf, placeOf } from '../../text/subject.ts';
import { escapeText, label, link, neutralise } from './escape.ts';

/** The most characters of a title, and of its address: longer ones are left out. */
export interface LineLimits {
  readonly title: number;
  readonly url: number;
}

/** Of a person or a place beside the subject. */
const URL = 250;

/** The line as mrkdwn, but for where it happened. Each name leads to its page; `mark` stands around what it is about. */
export function lineInMrkdwn(activity: Activity, line: Line, max: LineLimits, mark: '*' | '' = ''): string {
  const { parts, title } = line;
  const main = mainOf(line);
  const marked = (is: string, text: string) => (is === main && text !== '' ? mark + text + mark : text);
  const written = parts.map(({ is, text }) => marked(is, WRITERS[is](activity, text, max)));
  return written.join('') + (title && `: ${marked('title', subjectLink(activity, title, max))}`);
}

function mainOf({ form, parts, title }: Line): Part['is'] | 'title' {
  if (form === 'headline') return 'headline';
  if (title) return 'title';
  return parts.some(({ is }) => is === 'subject') ? 'subject' : 'place';
}

const WRITERS: Readonly<Record<Part['is'], (activity: Activity, text: string, max: LineLimits) => string>> = {
  actor: ({ actor }) => personLink(actor),
  headline: (_, text) => label(text, 100),
  words: (_, text) => escapeText(neutralise(text)),
  subject: subjectLink,
  place: placeLink,
  where: () => '',
};

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
