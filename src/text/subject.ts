import type { Activity } from '../model/activity.ts';
import { honestUrl, hostOf, isDisguised } from './honest-url.ts';
import { cut, oneLine } from './plain.ts';

/** No honest address of a page is longer. */
const HOME_LIMIT = 1000;

/** Where it happened: `owner/name`, else the account; '' when it concerns neither. At most 100 characters. */
export function placeOf({ place, account }: Pick<Activity, 'place' | 'account'>): string {
  return cut(oneLine(place?.name ?? account ?? ''), 100);
}

/** The subject's title on one line, or '' where it only repeats the place's name or its own handle. */
export function ownTitle(activity: Activity): string {
  const { subject, place, account } = activity;
  const title = oneLine(subject?.title ?? '');
  const isSaid = [subject?.handle, place?.name, account].some((said) => said && oneLine(said) === title);
  return isSaid ? '' : title;
}

/** `#12 Uploads fail on Safari`; '' when it has neither handle nor title. */
export function subjectName(activity: Activity): string {
  return [oneLine(activity.subject?.handle ?? ''), ownTitle(activity)].filter(Boolean).join(' ');
}

/** A page of its provider's: where it happened, else of who did it. Null where nothing names one. */
export function homeOf({ place, actor }: Activity): string | null {
  return honestUrl(place?.url ?? actor?.url ?? null, HOME_LIMIT);
}

export interface Page {
  /** Null where the address is not to be trusted. */
  readonly url: string | null;
  /**
   * ` (evil.test)`: where the page is, to be said behind the text; '' where nobody could be misled. A page elsewhere (a status, a
   * deployment) is of whoever sent it: its name may not pass for another address.
   */
  readonly host: string;
}

/** The subject's page, for a link that shows `text`, with an address of at most `maxUrl`. */
export function pageOf(activity: Activity, text: string, maxUrl: number): Page {
  const url = honestUrl(activity.subject?.url ?? null, maxUrl);
  const home = homeOf(activity);
  const isForeign = url !== null && (home === null || hostOf(url) !== hostOf(home));
  return { url, host: text !== '' && isForeign && isDisguised(url, text) ? ` (${hostOf(url)})` : '' };
}
