import type { KnownBlock } from '@slack/types';
import type { Activity } from '../../model/activity.ts';
import type { Notification } from '../../model/notification.ts';
import {
  type Group,
  groupAlike,
  heading,
  inFull,
  isAboutPeople,
  isToldWhole,
  restWords,
  saysPlace,
  summary,
} from '../../text/groups.ts';
import { lineOf } from '../../text/line.ts';
import { listed } from '../../text/listed.ts';
import { spokenWords } from '../../text/sentence.ts';
import { subjectName } from '../../text/subject.ts';

import { label } from './escape.ts';
import { LIMITS } from './limits.ts';
import { lineInMrkdwn, personLink, placeLink, subjectLink } from './line.ts';
import { callOut } from './mentions.ts';
import { calling, message, type SlackMessage, section } from './render.ts';

/** Most activities named one by one in a digest; the rest are counted. */
const NAMED = 20;
/** Groups that get a paragraph of their own; 20 × 300 for headings leaves room for the names. */
const GROUPS = 12;
/** Longer URLs are left out where there are many. */
const TITLE = { title: 140, url: 250 };
/** Characters of what somebody says. */
const SPOKEN = 80;

/**
 * Everything that was waiting, as one message: the counts on top, then a paragraph for each kind and place with the
 * first ones named and linked, then how many more; whom it calls comes last.
 */
export function renderDigest(notifications: readonly Notification[]): SlackMessage {
  const groups = groupAlike(notifications);
  const isOne = groups.length === 1;
  const shown = groups.slice(0, GROUPS);
  const shares = share(
    shown.map((group) => group.activities.length),
    NAMED,
  );
  const top = `${(isOne && groups[0]?.sign) || '🗂️'}  *${label(heading(groups), 500)}*`;
  const blocks: KnownBlock[] = [];
  const called = callOut(notifications.flatMap(({ mentions }) => mentions));
  let left = LIMITS.messageBlockText - top.length - called.length - 200;
  for (const [index, group] of shown.entries()) {
    const title = isOne ? top : `${group.sign}  *${label(inFull(group), 300)}*${inPlace(group, groups)}`;
    const limit = Math.min(LIMITS.sectionText, Math.floor(left / (shown.length - index)));
    const text = paragraph(title, group, shares[index] ?? 0, limit);
    left -= text.length;
    blocks.push(section(text));
  }
  if (!isOne) blocks.unshift(section(top));
  const unshown = groups.slice(GROUPS);
  if (unshown.length > 0) blocks.push(section(restWords(unshown)));
  if (called) blocks.push(section(calling(called)));
  return message(summary(groups), called, blocks);
}

function inPlace(group: Group, groups: readonly Group[]): string {
  const first = group.activities[0];
  return first !== undefined && saysPlace(group, groups) ? `  ·  ${placeLink(first)}` : '';
}

/** A title and the first `count` activities: names in a row where only people matter, else a line for each. */
function paragraph(title: string, group: Group, count: number, limit: number): string {
  const { activities } = group;
  const isRow = isAboutPeople(group);
  const items = activities
    .slice(0, count)
    .map((activity) => (isRow ? personLink(activity.actor) : bullet(activity, group)));
  const named = listed(items.filter(Boolean), activities.length, limit - title.length, isRow);
  return named ? `${title}\n${named}` : title;
}

function bullet(activity: Activity, group: Group): string {
  const line = lineOf(activity);
  const who = activity.actor ? `  ·  ${label(activity.actor.login, 60)}` : '';
  const said = label(spokenWords(activity, SPOKEN), 2 * SPOKEN);
  const says = said && `  ·  “${said}”`;
  if (isToldWhole(group, activity)) {
    return `•  ${lineInMrkdwn(activity, line, TITLE)}${line.form === 'headline' ? who : ''}${says}`;
  }
  const name = subjectName(activity);
  return `•  ${name ? subjectLink(activity, name, TITLE) : label(activity.said.headline, 100)}${who}${says}`;
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
