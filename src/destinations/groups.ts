import type { Activity } from '../model/activity.ts';
import type { Notification } from '../model/notification.ts';
import { cut, oneLine } from './plain.ts';
import { ownTitle } from './sentence.ts';

/** Notifications of one kind in one repository, in event order. */
export interface Group {
  readonly kind: string;
  /** `owner/name`, or '' when the activity has none. */
  readonly repo: string;
  readonly activities: readonly Activity[];
  /** `1,000 stars`, `3 pull requests merged` */
  readonly count: string;
}

/** By kind and repository: bad news first, then the larger groups, then in the order they came. */
export function groupAlike(notifications: readonly Notification[]): readonly Group[] {
  const groups = new Map<string, Activity[]>();
  for (const { activity } of notifications) {
    const key = JSON.stringify([activity.kind, activity.repo?.fullName]);
    const group = groups.get(key);
    if (group) group.push(activity);
    else groups.set(key, [activity]);
  }
  return [...groups.values()]
    .map((activities) => toGroup(activities))
    .toSorted((a, b) => Number(isBad(b)) - Number(isBad(a)) || b.activities.length - a.activities.length);
}

/** What the whole digest says, in one line: `1,000 stars in acme/api`, `37 events in 3 repositories: 20 issues opened, …`. */
export function summary(groups: readonly Group[]): string {
  const total = groups.reduce((sum, group) => sum + group.activities.length, 0);
  const repos = new Set(groups.map((group) => group.repo));
  const [first] = groups;
  const where = repos.size > 1 ? ` in ${repos.size} repositories` : first?.repo ? ` in ${first.repo}` : '';
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

function isBad(group: Group): boolean {
  return group.activities[0]?.tone === 'bad';
}

function toGroup(activities: readonly Activity[]): Group {
  const first = activities[0] as Activity;
  const repo = cut(oneLine(first.repo?.fullName ?? ''), 100);
  return { kind: first.kind, repo, activities, count: countOf(first, activities) };
}

/** Kinds whose headline does not begin with what is counted. */
const COUNTED: Readonly<Record<string, readonly [one: string, many: string]>> = {
  'star.created': ['star', 'stars'],
  'watch.started': ['star', 'stars'],
  'star.deleted': ['star removed', 'stars removed'],
  fork: ['fork', 'forks'],
  push: ['push', 'pushes'],
  'issue_comment.created': ['comment', 'comments'],
  'pull_request_review_comment.created': ['review comment', 'review comments'],
};

function countOf({ kind, action, headline, subject }: Activity, all: readonly Activity[]): string {
  const count = all.length;
  const known = COUNTED[kind];
  if (known) return `${thousands(count)} ${known[count === 1 ? 0 : 1]}`;
  const noun = subject?.noun ?? '';
  const nouns = cut(count === 1 ? noun : plural(noun), 60);
  // One kind may have several headlines: drafts are opened too, and issues closed as not planned.
  const isMixed = all.some((other) => other.headline !== headline);
  if (isMixed && noun !== '' && action !== null) return `${thousands(count)} ${nouns} ${action.replaceAll('_', ' ')}`;
  const words = cut(oneLine(headline), 60);
  if (noun !== '' && words.toLowerCase().startsWith(noun.toLowerCase())) {
    return `${thousands(count)} ${nouns}${words.slice(noun.length)}`;
  }
  return count === 1 ? words : `${thousands(count)} × ${words}`;
}

function plural(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(?:s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}
