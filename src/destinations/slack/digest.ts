import type { KnownBlock } from '@slack/types';
import type { Activity } from '../../model/activity.ts';
import type { Notification } from '../../model/notification.ts';
import { type Group, groupAlike, isAboutPeople, summary, thousands } from '../../text/groups.ts';
import { sign } from '../../text/looks.ts';
import { takeLines } from '../../text/take-lines.ts';
import { label, link } from './escape.ts';
import { LIMITS } from './limits.ts';
import { callOut } from './mentions.ts';
import { calling, message, placeLink, type SlackMessage, section, subjectLink } from './render.ts';

/** Most activities named one by one in a digest; the rest are counted. */
const NAMED = 20;
/** Groups that get a paragraph of their own; 20 × 300 for headings leaves room for the names. */
const GROUPS = 12;
/** Longer URLs are left out where there are many. */
const URL = 250;
const MORE = 60;

/**
 * Everything that was waiting, as one message: the counts on top, then a paragraph for each kind and place with the
 * first ones named and linked, then how many more; whom it calls comes last.
 */
export function renderDigest(notifications: readonly Notification[]): SlackMessage {
  const groups = groupAlike(notifications);
  const top = summary(groups);
  const isOne = groups.length === 1;
  const shown = groups.slice(0, GROUPS);
  const shares = share(
    shown.map((group) => group.activities.length),
    NAMED,
  );
  const heading = `${isOne ? signOf(groups[0]) : '🗂️'}  *${label(headingOf(top, isOne), 500)}*`;
  const blocks: KnownBlock[] = [];
  const called = callOut(notifications.flatMap(({ mentions }) => mentions));
  let left = LIMITS.messageBlockText - heading.length - called.length - 200;
  for (const [index, group] of shown.entries()) {
    const title = isOne ? heading : `${signOf(group)}  *${label(group.count, 200)}*${inPlace(group, groups)}`;
    const limit = Math.min(LIMITS.sectionText, Math.floor(left / (shown.length - index)));
    const text = paragraph(title, group.activities, shares[index] ?? 0, limit);
    left -= text.length;
    blocks.push(section(text));
  }
  if (!isOne) blocks.unshift(section(heading));
  const unshown = groups.slice(GROUPS);
  if (unshown.length > 0) {
    const count = unshown.reduce((sum, group) => sum + group.activities.length, 0);
    blocks.push(section(`and ${thousands(count)} more in ${unshown.length} other groups`));
  }
  if (called) blocks.push(section(calling(called)));
  return message(top, called, blocks);
}

/** The counts of each group follow below: in the heading the total is enough. */
function headingOf(top: string, isOne: boolean): string {
  return isOne ? top : (top.split(': ')[0] ?? top);
}

function signOf(group: Group | undefined): string {
  const first = group?.activities[0];
  return first ? sign(first) : '⚪';
}

function inPlace(group: Group, groups: readonly Group[]): string {
  const first = group.activities[0];
  const isSaid = groups.every((other) => other.place === group.place);
  return isSaid || first === undefined || group.place === '' ? '' : `  ·  ${placeLink(first, URL)}`;
}

/** A title and the first `count` activities: names in a row where only people matter, else a line for each. */
function paragraph(title: string, activities: readonly Activity[], count: number, limit: number): string {
  const isRow = isAboutPeople(activities);
  const items = activities.slice(0, count).map((activity) => (isRow ? person(activity) : bullet(activity)));
  const space = Math.max(0, limit - title.length - MORE);
  const { text, taken } = takeLines(items.filter(Boolean), space);
  const rest = activities.length - taken;
  const more = rest === 0 ? '' : taken === 0 ? `${thousands(rest)} in all` : `and ${thousands(rest)} more`;
  if (isRow) return [title, [text.replaceAll('\n', ', '), more].filter(Boolean).join(' ')].filter(Boolean).join('\n');
  return [title, text, more].filter(Boolean).join('\n');
}

function person({ actor }: Activity): string {
  return actor ? link(actor.url, label(actor.login, 60), URL) : '';
}

function bullet(activity: Activity): string {
  const what = subjectLink(activity, 140, URL) || label(activity.said.headline, 100);
  const who = activity.actor ? label(activity.actor.login, 60) : '';
  return `•  ${what}${who && `  ·  ${who}`}`;
}

/** Shares `total` places among groups of these sizes, one at a time in turn, so that each is heard. */
function share(sizes: readonly number[], total: number): readonly number[] {
  const shares = sizes.map(() => 0);
  for (let left = total, gave = true; left > 0 && gave; ) {
    gave = false;
    for (const [index, size] of sizes.entries()) {
      const has = shares[index] ?? 0;
      if (left === 0 || has >= size) continue;
      shares[index] = has + 1;
      left--;
      gave = true;
    }
  }
  return shares;
}
