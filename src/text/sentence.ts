import type { Activity } from '../model/activity.ts';
import { firstWords } from './markdown/write-plain.ts';
import { cut, oneLine, wordsWithin } from './plain.ts';

const LIMIT = 300;

/**
 * What happened as one line of plain text for people, at most 300 characters:
 * `mona opened issue #12 in acme/api: Uploads fail on Safari`; with the words of who says something:
 * `mona commented on issue #12 in acme/api (Uploads fail on Safari): I can reproduce it`. Not escaped for any destination.
 */
export function sentence(activity: Activity): string {
  return wordsWithin(whatBecame(activity) ?? whatWasDone(activity) ?? announcement(activity), LIMIT);
}

/** The subject's title on one line, or '' where it only repeats the place's name or its own handle. */
export function ownTitle(activity: Activity): string {
  const { subject, account } = activity;
  const title = oneLine(subject?.title ?? '');
  const isSaid = [subject?.handle, placeOf(activity), account].some((said) => said && oneLine(said) === title);
  return isSaid ? '' : title;
}

/** Where it happened: `owner/name`, else the account; '' when it concerns neither. */
export function placeOf({ place, account }: Pick<Activity, 'place' | 'account'>): string {
  return oneLine(place?.name ?? account ?? '');
}

/** `mona merged pull request #12 in acme/api: …`. Null when something that it names is missing. */
function whatWasDone(activity: Activity): string | null {
  const { subject } = activity;
  const actor = cut(oneLine(activity.actor?.login ?? ''), 40);
  const place = cut(placeOf(activity), 100);
  const did = cut(oneLine(activity.said.did ?? ''), 160);
  const namesPlace = did.includes('{repo}');
  const namesIt = did.includes('{it}');
  if (actor === '' || did === '' || (namesPlace && place === '') || (namesIt && subject === null)) return null;
  const it = named(activity, place, /\b(?:an?|the|this|their|its|new|another)\s+\{it\}/i.test(did));
  const words = did.replace(/\{(it|repo)\}/g, (_, name) => (name === 'it' ? it : place));
  // An account does things in itself: its name says where.
  const isPlaced = place === '' || place === actor || namesPlace || (namesIt && isPlace(activity));
  const title = ownTitle(activity);
  const what = namesIt ? title : about(activity);
  const done = `${actor} ${words}${isPlaced ? '' : ` in ${place}`}`;
  if (activity.said.isSpoken && activity.said.excerpt !== null) return withWords(done, what, activity.said.excerpt);
  return `${done}${what && what !== actor ? `: ${what}` : ''}`;
}

/** Of a title as much as tells it from others. */
const SPOKEN_TITLE = 60;

function withWords(done: string, what: string, spoken: string): string {
  const about = what && `${done} (${wordsWithin(what, SPOKEN_TITLE)})`;
  const said = firstWords(spoken, LIMIT - (about || done).length - 2);
  return said === '' ? `${done}${what && `: ${what}`}` : `${about || done}: ${said}`;
}

/** `CI failed on main in acme/api: Retry uploads`. Null when there is nothing to begin with. */
function whatBecame(activity: Activity): string | null {
  const became = cut(oneLine(activity.said.became ?? ''), 160);
  const handle = cut(oneLine(activity.subject?.handle ?? ''), 100);
  const title = ownTitle(activity);
  const it = handle || cut(title, 100);
  if (became === '' || it === '') return null;
  const place = cut(placeOf(activity), 100);
  const isPlaced = place === '' || became.includes('{repo}');
  const words = became.replaceAll('{repo}', () => place);
  return `${it} ${words}${isPlaced ? '' : ` in ${place}`}${handle && title && `: ${title}`}`;
}

/** `Workflow failed in acme/api by lena-k: #904 CI` */
function announcement(activity: Activity): string {
  const actor = cut(oneLine(activity.actor?.login ?? ''), 40);
  const place = cut(placeOf(activity), 100);
  const what = about(activity);
  const where = `${place && ` in ${place}`}${actor && ` by ${actor}`}`;
  return `${cut(oneLine(activity.said.headline), 100)}${where}${what && `: ${what}`}`;
}

function about(activity: Activity): string {
  return [oneLine(activity.subject?.handle ?? ''), ownTitle(activity)].filter(Boolean).join(' ');
}

/** `issue #12`; without a handle `a discussion`, and where it is the place itself `repository acme/api`. */
function named(activity: Activity, place: string, hasArticle: boolean): string {
  const noun = oneLine(activity.subject?.noun ?? '');
  const handle = oneLine(activity.subject?.handle ?? '');
  const name = handle || (isPlace(activity) ? place : '');
  return cut(name || hasArticle ? `${noun} ${name}`.trim() : withArticle(noun), 80);
}

function isPlace(activity: Activity): boolean {
  const { subject } = activity;
  return subject !== null && !subject.handle && oneLine(subject.title) === placeOf(activity);
}

/** `custom properties`, but not `access`, `status` or `analysis`. */
export function isPlural(noun: string): boolean {
  return /[^sui]s$/.test(noun);
}

function withArticle(noun: string): string {
  if (noun === '' || isPlural(noun)) return noun;
  return /^(?:[aeio]|u(?!ni|se))/i.test(noun) ? `an ${noun}` : `a ${noun}`;
}
