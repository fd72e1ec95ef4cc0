import type { Activity } from '../../model/activity.ts';
import { saidIn } from '../../model/carried.ts';
import type { Message } from '../../model/destination.ts';
import type { Mention, Notification } from '../../model/notification.ts';
import {
  type Group,
  groupAlike,
  heading,
  inFull,
  isAboutPeople,
  isToldWhole,
  placeWords,
  restWords,
} from '../groups.ts';
import { lineOf } from '../line.ts';
import { sign } from '../looks.ts';
import { cut, oneLine } from '../plain.ts';
import { spokenWords } from '../sentence.ts';
import { smallLine, textOfSmallLine } from '../small-line.ts';
import { subjectName } from '../subject.ts';
import { grouped } from '../words.ts';
import { type ExcerptLine, excerptLines } from './excerpt.ts';
import { lineRuns, personRun, type RunLimits, subjectRun } from './line-runs.ts';
import { lengthOf, type Run } from './run.ts';

/** What a message says, in parts, for chats that each write them their own way. No text is escaped, none is endless. */
export interface Story {
  readonly isRepeat: boolean;
  readonly mentions: readonly Mention[];
  /** The sign, and what happened; of a digest its counts. */
  readonly top: readonly Run[];
  /** What else there is to know; may be ''. */
  readonly small: string;
  readonly excerpt: readonly ExcerptLine[];
  /** Of a digest. A heading is '' where there is one group only. */
  readonly sections: readonly { readonly heading: string; readonly lines: readonly (readonly Run[])[] }[];
  /** `and 12 more in 3 other groups`, or ''. */
  readonly rest: string;
}

/** How much is said. All of a story together shows at most about 3,400 characters in the first size. */
interface Size extends RunLimits {
  readonly excerpt: number;
  readonly small: number;
  /** Characters of all sections. */
  readonly sections: number;
}

const SIZES: readonly [Size, ...Size[]] = [
  { title: 400, url: 1000, excerpt: 600, small: 600, sections: 2800 },
  { title: 200, url: 250, excerpt: 300, small: 300, sections: 1400 },
  { title: 100, url: 100, excerpt: 100, small: 150, sections: 600 },
];

/** Lines of an excerpt. */
const LINES = 8;
/** Most activities named one by one; the rest are counted. */
const NAMED = 20;
const GROUPS = 12;
/** Longer addresses are left out where there are many. */
const LISTED: RunLimits = { title: 140, url: 250 };
const SPOKEN = 80;

/** As much of it as the other side takes: written anew with less until it fits. The last size is taken as it is. */
export function writeStory<T>(message: Message, write: (story: Story) => T, fits: (written: T) => boolean): T {
  const [first, ...smaller] = SIZES;
  let written = write(storyOf(message, first));
  for (const size of smaller) {
    if (fits(written)) break;
    written = write(storyOf(message, size));
  }
  return written;
}

export function storyOf(message: Message, size: Size = SIZES[0]): Story {
  const notifications = saidIn(message);
  return {
    isRepeat: message.maybeRepeated === true,
    mentions: notifications.flatMap(({ mentions }) => mentions),
    ...(message.kind === 'single' ? single(message.notification, size) : digest(message.notifications, size)),
  };
}

type Told = Omit<Story, 'isRepeat' | 'mentions'>;

function single({ activity }: Notification, size: Size): Told {
  const line = lineOf(activity);
  return {
    top: [{ text: `${sign(activity)} ` }, ...lineRuns(activity, line, size, { bold: true })],
    small: cut(textOfSmallLine(smallLine(activity, line)), size.small),
    excerpt: excerptLines(activity.said.excerpt ?? '', size.excerpt, LINES),
    sections: [],
    rest: '',
  };
}

/** The counts on top, then for each kind and place the first ones by name, and how many more. */
function digest(notifications: readonly Notification[], size: Size): Told {
  const groups = groupAlike(notifications);
  const [first] = groups;
  const isOne = groups.length === 1 && first !== undefined;
  const top = [{ text: `${isOne ? first.sign : '🗂️'} ${cut(heading(groups), 240)}`, bold: true }];
  const shown = groups.slice(0, GROUPS);
  const unshown = groups.slice(GROUPS);
  const each = Math.max(1, Math.floor(NAMED / shown.length));
  let left = size.sections;
  const sections = shown.map((group, index) => {
    const title = isOne ? '' : `${group.sign} ${cut(inFull(group) + placeWords(group, groups), 240)}`;
    const lines = named(group, each, Math.floor(left / (shown.length - index)) - title.length, size);
    left -= title.length + lines.reduce((sum, runs) => sum + lengthOf(runs), 0);
    return { heading: title, lines };
  });
  return { top, small: '', excerpt: [], sections, rest: restWords(unshown) };
}

/** For ` and 1,000 more`. */
const MORE = 30;

/** The first `count` of them that fit into `max`: names in a row where only people matter, else a line for each. */
function named(group: Group, count: number, max: number, size: Size): readonly (readonly Run[])[] {
  const isRow = isAboutPeople(group);
  const limits = { title: Math.min(LISTED.title, size.title), url: Math.min(LISTED.url, size.url) };
  const taken: (readonly Run[])[] = [];
  let left = max - MORE;
  for (const activity of group.activities.slice(0, count)) {
    const item = isRow ? [personRun(activity.actor, limits)] : bullet(activity, group, limits);
    left -= lengthOf(item) + 2;
    if (left < 0) break;
    taken.push(item);
  }
  const rest = group.activities.length - taken.length;
  const more =
    rest === 0 ? [] : [{ text: taken.length === 0 ? `${grouped(rest)} in all` : `and ${grouped(rest)} more` }];
  if (!isRow) return more.length > 0 ? [...taken, more] : taken;
  const row = taken.flatMap((runs, index) => (index === 0 ? runs : [{ text: ', ' }, ...runs]));
  return [more.length > 0 && row.length > 0 ? [...row, { text: ' ' }, ...more] : [...row, ...more]];
}

function bullet(activity: Activity, group: Group, limits: RunLimits): readonly Run[] {
  const line = lineOf(activity);
  const who = activity.actor ? ` · ${personRun(activity.actor, limits).text}` : '';
  const said = spokenWords(activity, SPOKEN);
  const says = said && ` · “${said}”`;
  const about = isToldWhole(group, activity) ? null : subjectName(activity);
  const runs =
    about === null
      ? lineRuns(activity, line, limits)
      : [about ? subjectRun(activity, about, limits) : { text: cut(oneLine(activity.said.headline), 100) }];
  const tail = (about === null && line.form !== 'headline' ? '' : who) + says;
  return [{ text: '• ' }, ...runs, { text: tail }].filter(({ text }) => text !== '');
}
