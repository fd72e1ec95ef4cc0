import type { Activity } from '../model/activity.ts';
import type { Notification } from '../model/notification.ts';
import { cut, oneLine } from './plain.ts';
import { isPlural, ownTitle, placeOf } from './sentence.ts';

/** Notifications of one kind in one place, good and bad news apart, in event order. */
export interface Group {
  readonly kind: string;
  /** `owner/name`, or the organisation; '' when the activity has neither. */
  readonly place: string;
  readonly isBad: boolean;
  readonly activities: readonly Activity[];
  /** `1,000 stars`, `3 pull requests merged` */
  readonly count: string;
}

/** By kind and place: bad news first, then the larger groups, then in the order they came. */
export function groupAlike(notifications: readonly Notification[]): readonly Group[] {
  const groups = new Map<string, Activity[]>();
  for (const { activity } of notifications) {
    // A workflow that failed and one that passed are of one kind.
    const key = JSON.stringify([activity.kind, placeOf(activity), activity.said.tone === 'bad']);
    const group = groups.get(key);
    if (group) group.push(activity);
    else groups.set(key, [activity]);
  }
  return [...groups.values()]
    .map((activities) => toGroup(activities))
    .toSorted((a, b) => Number(b.isBad) - Number(a.isBad) || b.activities.length - a.activities.length);
}

/** What the whole digest says, in one line: `1,000 stars in acme/api`, `37 events in 3 repositories: 20 issues opened, …`. */
export function summary(groups: readonly Group[]): string {
  const total = groups.reduce((sum, group) => sum + group.activities.length, 0);
  const [first] = groups;
  const where = wherever(groups);
  if (groups.length === 1 && first) return cut(first.count + where, 300);
  const counts = groups.map((group) => group.count).join(', ');
  return cut(`${thousands(total)} events${where}: ${counts}`, 300);
}

/** Whether its activities are told best by a name alone: who starred, who forked. */
export function isAboutPeople(activities: readonly Activity[]): boolean {
  return activities.every((one) => one.actor !== null && !one.subject?.handle && ownTitle(one) === '');
}

export function thousands(count: number): string {
  return count.toLocaleString('en-US');
}

function wherever(groups: readonly Group[]): string {
  const places = new Set(groups.map((group) => group.place));
  const [first = ''] = places;
  if (places.size === 1) return first && ` in ${first}`;
  return ` in ${places.size} ${[...places].every((place) => place.includes('/')) ? 'repositories' : 'places'}`;
}

function toGroup(activities: readonly Activity[]): Group {
  const first = activities[0] as Activity;
  return {
    kind: first.kind,
    place: cut(placeOf(first), 100),
    isBad: first.said.tone === 'bad',
    activities,
    count: countOf(first, activities),
  };
}

/** Kinds whose headline does not begin with what is counted. */
const COUNTED: Readonly<Record<string, readonly [one: string, many: string]>> = {
  'star.created': ['star', 'stars'],
  'star.deleted': ['star removed', 'stars removed'],
  fork: ['fork', 'forks'],
  push: ['push', 'pushes'],
  'issue_comment.created': ['comment', 'comments'],
  'commit_comment.created': ['comment on a commit', 'comments on commits'],
  'discussion_comment.created': ['comment on a discussion', 'comments on discussions'],
  'pull_request_review_comment.created': ['review comment', 'review comments'],
};

/** What several of a kind are where their headlines differ: branches and tags, approvals and questions. */
const MIXED: Readonly<Record<string, string>> = {
  create: 'branches and tags created',
  delete: 'branches and tags deleted',
  gollum: 'wiki pages changed',
  'deployment_status.created': 'deployments under way',
  'pull_request_review.submitted': 'reviews',
};
/** How the rest of a headline begins that also suits a plural: `Issue closed`, not `Issue type set`. */
const SUITS_PLURAL = /^(?:[a-z-]+ed|back|given|in|left|made|off|ready|taken|will)\b/;

function countOf(first: Activity, all: readonly Activity[]): string {
  const count = thousands(all.length);
  const known = COUNTED[first.kind];
  if (known) return `${count} ${known[all.length === 1 ? 0 : 1]}`;
  const noun = oneLine(first.subject?.noun ?? '');
  const nouns = cut(all.length === 1 ? noun : plural(noun), 60);
  if (all.some((other) => other.said.headline !== first.said.headline))
    return `${count} ${mixed(first, all, noun, nouns)}`;
  const headline = cut(oneLine(first.said.headline), 100);
  const rest = headline.slice(noun.length + 1);
  const isOfNoun = noun !== '' && headline.toLowerCase().startsWith(`${noun.toLowerCase()} `);
  if (isOfNoun && (all.length === 1 || SUITS_PLURAL.test(rest))) return `${count} ${nouns} ${rest}`;
  return all.length === 1 ? headline : `${count} × ${headline}`;
}

/** Drafts are opened too, issues closed as not planned, workflows broken and still broken: all say what it is. */
function mixed(first: Activity, all: readonly Activity[], noun: string, nouns: string): string {
  const isOfNoun = noun !== '' && all.every(({ said }) => said.headline.toLowerCase().includes(noun.toLowerCase()));
  if (isOfNoun && all.every(({ facets }) => facets.conclusion !== null)) return `${nouns} ${ending(first)}`;
  const known = MIXED[first.kind];
  if (known) return known;
  const action = words(first.action ?? '');
  return isOfNoun && SUITS_PLURAL.test(action) ? `${nouns} ${action}` : `× ${words(first.kind)}`;
}

/** What ended ended well or badly: `completed` says neither. */
function ending({ said: { tone } }: Activity): string {
  return { bad: 'failed', good: 'passed' }[tone as string] ?? 'ended';
}

function words(name: string): string {
  return cut(oneLine(name.replace(/[._]/g, ' ')), 60);
}

/** Some nouns are plurals: `custom properties`. */
function plural(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  if (isPlural(noun)) return noun;
  return /(?:s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}
