import type { Activity, Counted, Sum, Tone } from '../model/activity.ts';
import type { Notification } from '../model/notification.ts';
import { sign } from './looks.ts';
import { cut, oneLine, wordsWithin } from './plain.ts';
import { ownTitle, placeOf } from './subject.ts';
import { counted, enumerated, grouped } from './words.ts';

/** Notifications that add up, in one place, good and bad news apart, in event order. */
export interface Group {
  /** `owner/name`, or the organisation; '' when the activity has neither. */
  readonly place: string;
  readonly activities: readonly Activity[];
  /** `1,000 stars`, `2 pull requests merged`, `3 reviews` */
  readonly count: string;
  /** How they differ: `1 approved, 1 wants changes, 1 comment`; '' where all are alike. */
  readonly parts: string;
  /** What they are called, where that is a number and they are alike: `#12, #13`; else ''. */
  readonly numbers: string;
  /** Of all of them; one that says nothing where they do not agree. */
  readonly sign: string;
  readonly tone: Tone;
}

/** Bad news first, then the larger groups, then in the order they came. */
export function groupAlike(notifications: readonly Notification[]): readonly Group[] {
  return groupsOf(
    notifications.map(({ activity }) => activity),
    placeOf,
  );
}

/** What the whole digest says, in one line: `1,000 stars in acme/api`, `37 events in 3 repositories: 20 issues opened, …`. */
export function summary(groups: readonly Group[]): string {
  const all = addedUp(groups);
  const counts = all.length > 1 ? `: ${all.map(inBrief).join(', ')}` : '';
  return wordsWithin(heading(groups) + counts, 300);
}

/** The same for a line above the groups, which say their counts themselves. */
export function heading(groups: readonly Group[]): string {
  const [first, ...others] = addedUp(groups);
  const places = new Set(groups.map(({ place }) => place));
  const [place = ''] = places;
  const repositories = [...places].every((name) => name.includes('/')) ? 'repositories' : 'places';
  const where = places.size > 1 ? ` in ${grouped(places.size)} ${repositories}` : place && ` in ${place}`;
  if (first === undefined || others.length > 0) return `${grouped(totalOf(groups))} events${where}`;
  const details = detailsOf(first);
  return `${first.count}${where}${details && `: ${details}`}`;
}

/** `8 pushes (5 to main, 3 to dev)`: where other things follow. */
function inBrief(group: Group): string {
  const details = detailsOf(group);
  return `${group.count}${details && ` (${details})`}`;
}

/** `8 pushes: 5 to main, 3 to dev`: what they are called follows below. */
export function inFull({ count, parts }: Group): string {
  return parts ? `${count}: ${parts}` : count;
}

export function totalOf(groups: readonly Group[]): number {
  return groups.reduce((sum, { activities }) => sum + activities.length, 0);
}

/** `and 12 more in 3 other groups`; '' where all are told. */
export function restWords(untold: readonly Group[]): string {
  return untold.length === 0 ? '' : `and ${grouped(totalOf(untold))} more in ${counted(untold.length, 'other group')}`;
}

/** ` · acme/api`, behind what a group says; '' where the heading says it. */
export function placeWords(group: Group, groups: readonly Group[]): string {
  return saysPlace(group, groups) ? ` · ${group.place}` : '';
}

/** Whether a group has to say where it was: of one place for all of them the heading says it. */
export function saysPlace({ place }: Group, groups: readonly Group[]): boolean {
  return place !== '' && groups.some((other) => other.place !== place);
}

/** Whether its activities are told best by a name alone: who starred, who forked. */
export function isAboutPeople({ activities, parts }: Group): boolean {
  return (
    parts === '' &&
    activities.every(
      (one) => one.said.sentence === null && one.actor !== null && !one.subject?.handle && ownTitle(one) === '',
    )
  );
}

/** Whether one of them is told by its whole line, for its subject and its actor would not say what happened. */
export function isToldWhole({ parts }: Group, { said }: Activity): boolean {
  return parts !== '' || said.became !== null || said.sentence !== null;
}

/** Wherever it was: three pushes here and five there are eight. Numbers of several places say nothing. */
function addedUp(groups: readonly Group[]): readonly Group[] {
  const isOnePlace = groups.every(({ place }) => place === groups[0]?.place);
  if (isOnePlace) return groups;
  const all = groups.flatMap(({ activities }) => activities);
  return groupsOf(all, () => '').map((group) => ({ ...group, numbers: '' }));
}

function detailsOf({ parts, numbers }: Group): string {
  return parts || numbers;
}

function groupsOf(activities: readonly Activity[], placeIn: (activity: Activity) => string): readonly Group[] {
  const groups = Map.groupBy(activities, (activity) => {
    const isBad = activity.said.tone === 'bad';
    return JSON.stringify([oneOf(sumOf(activity).noun), placeIn(activity), isBad]);
  });
  return [...groups.values()]
    .map((alike) => toGroup(alike))
    .toSorted(
      (a, b) => Number(b.tone === 'bad') - Number(a.tone === 'bad') || b.activities.length - a.activities.length,
    );
}

const PARTS = 4;
const NUMBERS = 6;

function toGroup(activities: readonly Activity[]): Group {
  const first = activities[0] as Activity;
  const parts = [...Map.groupBy(activities.map(sumOf), ({ part }) => part && oneOf(part)).values()];
  const numbers = new Set(activities.map(({ subject }) => oneLine(subject?.handle ?? '')));
  const areNumbers = parts.length === 1 && [...numbers].every((handle) => /^#\d+$/.test(handle));
  const [tone = first.said.tone, ...tones] = new Set(activities.map(({ said }) => said.tone));
  const [look = sign(first), ...looks] = new Set(activities.map(sign));
  return {
    place: placeOf(first),
    activities,
    count: countOf(sumOf(first), activities.length, parts.length === 1),
    parts: parts.length === 1 ? '' : partsOf(parts),
    numbers: areNumbers ? (enumerated([...numbers], NUMBERS) ?? '') : '',
    sign: looks.length === 0 ? look : '⚪',
    tone: tones.length === 0 ? tone : 'neutral',
  };
}

/** `2 approvals`, `3 pushes to main`; `3 reviews` where they are not alike. */
function countOf({ noun, part, alone }: Sum, count: number, areAlike: boolean): string {
  if (!areAlike) return howMany(count, noun);
  if (alone !== null) return howMany(count, alone);
  return part === null ? howMany(count, noun) : `${howMany(count, noun)} ${formOf(part, count)}`;
}

/** The larger first: `5 to main, 3 to dev`. */
function partsOf(all: readonly (readonly Sum[])[]): string {
  const sorted = all.toSorted((a, b) => b.length - a.length);
  const shown = sorted.filter(([sum]) => sum?.part).slice(0, PARTS);
  const others = sorted.filter((sums) => !shown.includes(sums)).reduce((sum, { length }) => sum + length, 0);
  const texts = shown.map((sums) => `${grouped(sums.length)} ${formOf(sums[0]?.part ?? '', sums.length)}`);
  return [...texts, ...(others === 0 ? [] : [counted(others, 'other')])].join(', ');
}

/** How the rest of a headline begins that also suits a plural: `Issue closed`, not `Issue type set`. */
const SUITS_PLURAL =
  /^(?:[a-z-]+ed|back|bought|could|due|expiring|in|left|lost|made|off|overdue|paid|ready|sent|unpaid|upcoming|will|withdrawn|won)\b/;

/** Where its normaliser does not say: by its noun, of which its headline says what became, else by its headline. */
function sumOf({ said, subject }: Activity): Sum {
  if (said.sum !== null) return said.sum;
  const noun = cut(oneLine(subject?.noun ?? ''), 60);
  const headline = cut(oneLine(said.headline), 100);
  const at = ` ${headline}`.toLowerCase().indexOf(` ${noun.toLowerCase()} `);
  const part = noun === '' || at < 0 ? '' : headline.slice(at + noun.length + 1);
  if (SUITS_PLURAL.test(part)) return { noun, part, alone: null };
  if (headline.startsWith('New ')) return { noun: `new ${headline.slice(4)}`, part: null, alone: null };
  return { noun: [`× ${headline}`, `× ${headline}`], part: null, alone: null };
}

/** `2 × Mail sent`; one of them is its headline alone. */
function howMany(count: number, noun: Counted): string {
  return cut(oneLine(counted(count, noun)).replace(/^1 × /, ''), 100);
}

/** As it is written of so many; a word alone is the same of one and of several. */
function formOf(part: Counted, count: number): string {
  return cut(oneLine(typeof part === 'string' ? part : part[count === 1 ? 0 : 1]), 60);
}

function oneOf(counted: Counted): string {
  return formOf(counted, 1);
}
