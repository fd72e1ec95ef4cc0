import type { Activity } from '../../model/activity.ts';
import type { Notification } from '../../model/notification.ts';
import {
  type Group,
  groupAlike,
  heading,
  inFull,
  isAboutPeople,
  isToldWhole,
  placeWords,
  restWords,
} from '../../text/groups.ts';
import { lineOf } from '../../text/line.ts';
import { listed } from '../../text/listed.ts';
import { spokenWords } from '../../text/sentence.ts';
import { subjectName } from '../../text/subject.ts';

import { COLORS, type Embed, LIMITS } from './embed.ts';
import { label } from './escape.ts';
import { lineInMarkdown, personLink, subjectLink } from './line.ts';

/** Most activities named one by one; the rest are counted. */
const NAMED = 20;
/** Groups with a field of their own. */
const GROUPS = 12;
/** Longer addresses are left out where there are many. */
const TITLE = { title: 140, url: 250 };
/** Characters of what somebody says. */
const SPOKEN = 80;
/** For the footer, and what may come before the title. */
const MORE = 90;

/** Everything that was waiting: the counts on top, then for each kind and place the first ones by name, and how many more. */
export function digestEmbed(notifications: readonly Notification[]): Embed {
  const groups = groupAlike(notifications);
  const [first] = groups;
  const color = COLORS[first?.tone ?? 'neutral'];
  const top = label(heading(groups), 240);
  if (groups.length === 1 && first) {
    return { title: `${first.sign} ${top}`, description: named(first, NAMED, LIMITS.description), color };
  }
  const title = `🗂️ ${top}`;
  const shown = groups.slice(0, GROUPS);
  const fields = fieldsOf(shown, groups, LIMITS.embeds - title.length - MORE);
  const unshown = groups.slice(GROUPS);
  const footer = { text: restWords(unshown) };
  return { title, fields, color, ...(unshown.length > 0 && { footer }) };
}

/** `shown`: of `groups`. */
function fieldsOf(shown: readonly Group[], groups: readonly Group[], limit: number): NonNullable<Embed['fields']> {
  const each = Math.max(1, Math.floor(NAMED / shown.length));
  let left = limit;
  return shown.map((group, index) => {
    const name = `${group.sign} ${label(inFull(group) + placeWords(group, groups), 240)}`;
    const share = Math.floor(left / (shown.length - index)) - name.length;
    const value = named(group, each, Math.min(LIMITS.fieldValue, share));
    left -= name.length + value.length;
    return { name, value };
  });
}

/** The first `count` of them: names in a row where only people matter, else a line for each. */
function named(group: Group, count: number, limit: number): string {
  const { activities } = group;
  const isRow = isAboutPeople(group);
  const items = activities
    .slice(0, count)
    .map((activity) => (isRow ? personLink(activity.actor) : bullet(activity, group)));
  return listed(items.filter(Boolean), activities.length, limit, isRow);
}

function bullet(activity: Activity, group: Group): string {
  const line = lineOf(activity);
  const who = activity.actor ? ` · ${label(activity.actor.login, 60)}` : '';
  const said = label(spokenWords(activity, SPOKEN), 2 * SPOKEN);
  const says = said && ` · “${said}”`;
  if (isToldWhole(group, activity)) {
    return `• ${lineInMarkdown(activity, line, TITLE)}${line.form === 'headline' ? who : ''}${says}`;
  }
  const name = subjectName(activity);
  return `• ${name ? subjectLink(activity, name, TITLE) : label(activity.said.headline, 100)}${who}${says}`;
}
