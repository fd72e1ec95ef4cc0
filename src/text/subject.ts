import type { Activity } from '../model/activity.ts';
import { honestUrl, hostOf, isDisguised } from './honest-url.ts';
import { oneLine, wordsWithin } from './plain.ts';
import { ownTitle } from './sentence.ts';

/** No honest address of a page is longer. */
const HOME_LIMIT = 1000;

export interface SubjectLine {
  /** `#12 Uploads fail on Safari`; '' when it has neither handle nor title. Not escaped. */
  readonly text: string;
  /** Its page, where the address is to be trusted. */
  readonly url: string | null;
  /**
   * Where the page is, to be said beside the text; '' where nobody could be misled. A page elsewhere (a status, a deployment) is of
   * whoever sent it: its name may not pass for another address.
   */
  readonly host: string;
}

/** What an activity is about, in at most `max` characters, with an address of at most `maxUrl`. */
export function subjectLine(activity: Activity, max: number, maxUrl: number): SubjectLine {
  const { subject, place, actor } = activity;
  const text = wordsWithin([oneLine(subject?.handle ?? ''), ownTitle(activity)].filter(Boolean).join(' '), max);
  const url = honestUrl(subject?.url ?? null, maxUrl);
  const home = honestUrl(place?.url ?? actor?.url ?? null, HOME_LIMIT);
  const isForeign = url !== null && (home === null || hostOf(url) !== hostOf(home));
  return { text, url, host: text !== '' && isForeign && isDisguised(url, text) ? hostOf(url) : '' };
}

/** The branch, where neither the subject nor a fact names it. */
export function unnamedBranch({ facets: { branch }, said: { facts }, subject }: Activity): string | null {
  if (branch === null || subject?.handle === branch || subject?.title.endsWith(` to ${branch}`) === true) return null;
  return facts.some((fact) => fact.includes(branch)) ? null : branch;
}
