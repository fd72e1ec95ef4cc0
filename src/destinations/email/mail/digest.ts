import type { Activity } from '../../../model/activity.ts';
import type { Notification } from '../../../model/notification.ts';
import {
  type Group,
  groupAlike,
  heading,
  inFull,
  isAboutPeople,
  isToldWhole,
  placeWords,
  restWords,
} from '../../../text/groups.ts';
import { lineOf } from '../../../text/line.ts';
import { cut, oneLine } from '../../../text/plain.ts';
import { spokenWords } from '../../../text/sentence.ts';
import { lineRuns, personRun, subjectRun } from '../../../text/story/line-runs.ts';
import type { Run } from '../../../text/story/run.ts';
import { subjectName } from '../../../text/subject.ts';
import { grouped } from '../../../text/words.ts';
import type { Section, Told } from './letter-parts.ts';

/** Most activities named one by one; the rest are counted. Gmail cuts a mail off at 102 kB. */
const NAMED = 40;
/** Groups with a section of their own. */
const GROUPS = 20;
const MAX = { title: 140, url: 250 };
/** Characters of what somebody says. */
const SPOKEN = 120;

/** Everything that was waiting: the counts on top, then for each kind and place the first ones by name, and how many more. */
export function digestParts(notifications: readonly Notification[]): Told {
  const groups = groupAlike(notifications);
  const shown = groups.slice(0, GROUPS);
  const unshown = groups.slice(GROUPS);
  const [first] = groups;
  const isOne = groups.length === 1;
  const each = Math.max(1, Math.floor(NAMED / shown.length));
  return {
    tone: first?.tone ?? 'neutral',
    heading: [{ text: `${isOne && first ? first.sign : '🗂️'} ${heading(groups)}` }],
    excerpt: '',
    sections: shown.map((group) => sectionOf(group, isOne ? '' : headingOf(group, groups), each)),
    small: restWords(unshown),
    url: null,
  };
}

function headingOf(group: Group, groups: readonly Group[]): string {
  return `${group.sign} ${inFull(group)}${placeWords(group, groups)}`;
}

/** The first `count` of them: names in a row where only people matter, else a line for each. */
function sectionOf(group: Group, title: string, count: number): Section {
  const { activities } = group;
  const named = activities.slice(0, count);
  const rest = activities.length - named.length;
  const lines = isAboutPeople(group)
    ? [named.flatMap((activity, index) => [...(index > 0 ? [{ text: ', ' }] : []), personRun(activity.actor, MAX)])]
    : named.map((activity) => itemOf(activity, group));
  return { heading: title, items: lines, more: rest > 0 ? `and ${grouped(rest)} more` : '' };
}

function itemOf(activity: Activity, group: Group): readonly Run[] {
  const line = lineOf(activity);
  const who = { text: activity.actor ? ` · ${personRun(activity.actor, MAX).text}` : '' };
  const spoken = spokenWords(activity, SPOKEN);
  const says = { text: spoken && ` · “${spoken}”` };
  if (isToldWhole(group, activity)) {
    return [...lineRuns(activity, line, MAX), ...(line.form === 'headline' ? [who] : []), says];
  }
  const name = subjectName(activity);
  const subject = name ? subjectRun(activity, name, MAX) : { text: cut(oneLine(activity.said.headline), 100) };
  return [subject, who, says];
}
