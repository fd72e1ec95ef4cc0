import type { Activity } from '../../model/activity.ts';
import type { Notification } from '../../model/notification.ts';
import { type Group, groupAlike, isAboutPeople, summary, thousands } from '../../text/groups.ts';
import { sign } from '../../text/looks.ts';
import { subjectLine } from '../../text/subject.ts';
import { takeLines } from '../../text/take-lines.ts';
import { COLORS, type Embed, LIMITS } from './embed.ts';
import { escapeText, label, link } from './escape.ts';

/** Most activities named one by one; the rest are counted. */
const NAMED = 20;
/** Groups with a field of their own. */
const GROUPS = 12;
/** Longer addresses are left out where there are many. */
const URL = 250;
/** For ` and 1,000 more`. */
const MORE = 60;

/** Everything that was waiting: the counts on top, then for each kind and place the first ones by name, and how many more. */
export function digestEmbed(notifications: readonly Notification[]): Embed {
  const groups = groupAlike(notifications);
  const [first] = groups;
  const color = COLORS[first?.isBad ? 'bad' : (first?.activities[0]?.said.tone ?? 'neutral')];
  const top = summary(groups);
  if (groups.length === 1 && first) {
    const title = `${signOf(first)} ${label(top, 240)}`;
    return { title, description: named(first.activities, NAMED, LIMITS.description), color };
  }
  // The counts of each group follow below: in the title the total is enough.
  const title = `🗂️ ${label(top.split(': ')[0] ?? top, 240)}`;
  const shown = groups.slice(0, GROUPS);
  const fields = fieldsOf(shown, LIMITS.embeds - title.length - MORE);
  const unshown = groups.slice(GROUPS);
  const left = unshown.reduce((sum, { activities }) => sum + activities.length, 0);
  const footer = { text: `and ${thousands(left)} more in ${unshown.length} other groups` };
  return { title, fields, color, ...(left > 0 && { footer }) };
}

function fieldsOf(groups: readonly Group[], limit: number): NonNullable<Embed['fields']> {
  const isOnePlace = groups.every(({ place }) => place === groups[0]?.place);
  const each = Math.max(1, Math.floor(NAMED / groups.length));
  let left = limit;
  return groups.map((group, index) => {
    const place = isOnePlace || group.place === '' ? '' : ` · ${group.place}`;
    const name = `${signOf(group)} ${label(group.count + place, 200)}`;
    const share = Math.floor(left / (groups.length - index)) - name.length;
    const value = named(group.activities, each, Math.min(LIMITS.fieldValue, share));
    left -= name.length + value.length;
    return { name, value };
  });
}

/** The first `count` of them: names in a row where only people matter, else a line for each. */
function named(activities: readonly Activity[], count: number, limit: number): string {
  const isRow = isAboutPeople(activities);
  const items = activities.slice(0, count).map(isRow ? person : bullet);
  const { text, taken } = takeLines(items.filter(Boolean), limit - MORE);
  const rest = activities.length - taken;
  const more = rest === 0 ? '' : taken === 0 ? `${thousands(rest)} in all` : `and ${thousands(rest)} more`;
  return isRow
    ? [text.replaceAll('\n', ', '), more].filter(Boolean).join(' ')
    : [text, more].filter(Boolean).join('\n');
}

function person({ actor }: Activity): string {
  return actor ? link(actor.url, label(actor.login, 60), URL) : '';
}

function bullet(activity: Activity): string {
  const { text, url, host } = subjectLine(activity, 140, URL);
  const what =
    text === '' ? label(activity.said.headline, 100) : link(url, escapeText(text + (host && ` (${host})`)), URL);
  const who = activity.actor ? ` · ${label(activity.actor.login, 60)}` : '';
  return `• ${what}${who}`;
}

function signOf({ activities: [first] }: Group): string {
  return first ? sign(first) : '⚪';
}
