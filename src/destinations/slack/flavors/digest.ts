import type { Activity } from '../../../model/activity.ts';
import { type Group, heading, inFull, isAboutPeople, isToldWhole, restWords, saysPlace } from '../../../text/groups.ts';
import { lineOf } from '../../../text/line.ts';
import { listed } from '../../../text/listed.ts';
import { spokenWords } from '../../../text/sentence.ts';
import { subjectName } from '../../../text/subject.ts';
import { personLink, placeLink, subjectLink, writtenLine } from './line.ts';
import { label, type Markup } from './markup.ts';

/** Most activities named one by one, groups that are told, and characters of all of them. */
const NAMED = 20;
const GROUPS = 12;
const LENGTH = 6_000;
/** Longer addresses are left out where there are many. */
const TITLE = { title: 140, url: 250 };
const SPOKEN = 80;

/** Everything that was waiting: the counts on top, then each kind and place with the first ones by name. */
export function writtenDigest(markup: Markup, groups: readonly Group[]): string {
  const [first] = groups;
  const isOne = groups.length === 1;
  const shown = groups.slice(0, GROUPS);
  const rest = groups.slice(GROUPS);
  const each = Math.max(1, Math.floor(NAMED / Math.max(1, shown.length)));
  const share = Math.floor(LENGTH / Math.max(1, shown.length));
  return [
    `${(isOne && first?.sign) || '🗂️'} ${bold(markup, label(markup, heading(groups), 300))}`,
    ...shown.map((group) => {
      const title = isOne ? '' : titleOf(markup, group, groups);
      return [title, named(markup, group, each, share - title.length)].filter(Boolean).join('\n');
    }),
    restWords(rest),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function bold({ dialect }: Markup, written: string): string {
  return dialect.marks['*'] + written + dialect.marks['*'];
}

function titleOf(markup: Markup, group: Group, groups: readonly Group[]): string {
  const [first] = group.activities;
  const place = first !== undefined && saysPlace(group, groups) ? ` · ${placeLink(markup, first)}` : '';
  return `${group.sign} ${bold(markup, label(markup, inFull(group), 300))}${place}`;
}

/** The first `count` of them: names in a row where only people matter, else a line for each. */
function named(markup: Markup, group: Group, count: number, limit: number): string {
  const { activities } = group;
  const isRow = isAboutPeople(group);
  const items = activities
    .slice(0, count)
    .map((activity) => (isRow ? personLink(markup, activity.actor) : bullet(markup, activity, group)));
  return listed(items.filter(Boolean), activities.length, limit, isRow);
}

function bullet(markup: Markup, activity: Activity, group: Group): string {
  const line = lineOf(activity);
  const who = activity.actor ? ` · ${label(markup, activity.actor.login, 60)}` : '';
  const said = label(markup, spokenWords(activity, SPOKEN), 2 * SPOKEN);
  const says = said && ` · “${said}”`;
  if (isToldWhole(group, activity)) {
    return `• ${writtenLine(markup, activity, line, TITLE)}${line.form === 'headline' ? who : ''}${says}`;
  }
  const name = subjectName(activity);
  const what = name ? subjectLink(markup, activity, name, TITLE) : label(markup, activity.said.headline, 100);
  return `• ${what}${who}${says}`;
}
