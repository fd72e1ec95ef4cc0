import type { Activity, Tone } from '../model/activity.ts';
import { saidIn } from '../model/carried.ts';
import type { Message } from '../model/destination.ts';
import type { Mention } from '../model/notification.ts';
import { asRepeat, REPEAT_SIGN } from '../text/as-repeat.ts';
import {
  type Group,
  groupAlike,
  heading,
  inFull,
  isAboutPeople,
  isToldWhole,
  placeWords,
  restWords,
} from '../text/groups.ts';
import { honestUrl } from '../text/honest-url.ts';
import { lineOf, placeless, textOfParts } from '../text/line.ts';
import { listed } from '../text/listed.ts';
import { sign } from '../text/looks.ts';
import { plainLines } from '../text/markdown/write-plain.ts';
import { cut, oneLine, wordsWithin } from '../text/plain.ts';
import { spokenWords } from '../text/sentence.ts';
import { smallLine, textOfSmallLine } from '../text/small-line.ts';
import { pageOf, subjectName } from '../text/subject.ts';
import { enumerated } from '../text/words.ts';

/** A message as phones show one: plain text, in which nothing acts. Neither text is ever empty. */
export interface PushText {
  /** One line of at most 200 characters. */
  readonly title: string;
  /** At most 3,000 bytes as UTF-8. */
  readonly body: string;
  /** What a tap opens; at most 1,000 characters. */
  readonly url: string | null;
  /** Worth a louder sound: bad news, or somebody is called. */
  readonly isUrgent: boolean;
}

const LIMITS = { title: 200, body: 3_000, url: 1_000, excerptLines: 4, excerptLine: 300, name: 60 } as const;
/** Groups of a digest that are told, names in each, and characters of all of them. */
const DIGEST = { groups: 8, named: 5, length: 2_200 } as const;
const CALLED = 10;
const SPOKEN = 80;

export function pushText(message: Message): PushText {
  const notifications = saidIn(message);
  const { title, lines, url, tone } =
    message.kind === 'single' ? oneActivity(message.notification.activity) : digestOf(groupAlike(notifications));
  const called = calling(notifications.flatMap(({ mentions }) => mentions));
  const top = message.maybeRepeated ? `${REPEAT_SIGN} ${asRepeat(title)}` : title;
  const body = withinBytes(lines.filter(Boolean).join('\n'), LIMITS.body - Buffer.byteLength(called) - 1);
  return {
    title: wordsWithin(top, LIMITS.title),
    body: [body, called].filter(Boolean).join('\n') || wordsWithin(title, LIMITS.title),
    url,
    isUrgent: tone === 'bad' || called !== '',
  };
}

interface Told {
  readonly title: string;
  readonly lines: readonly string[];
  readonly url: string | null;
  readonly tone: Tone;
}

/** Who did what and where; below it what that is called, an excerpt, and what else there is to know. */
function oneActivity(activity: Activity): Told {
  const { said, place } = activity;
  const line = lineOf(activity);
  const words = textOfParts(line.parts);
  const subject = line.parts.find(({ is }) => is === 'subject')?.text ?? '';
  const { url, host } = pageOf(activity, line.title || subject, LIMITS.url);
  const head = `${sign(activity)} ${words}${line.title ? '' : host}`;
  // The title says where.
  const small = textOfSmallLine({ ...smallLine(activity, line), place: '' });
  return {
    title: head,
    lines: [
      head.length > LIMITS.title ? words : '',
      line.title && line.title + host,
      ...plainLines(said.excerpt ?? '', LIMITS.excerptLines).map((text) => wordsWithin(text, LIMITS.excerptLine)),
      small,
    ],
    url: url ?? honestUrl(place?.url ?? null, LIMITS.url),
    tone: said.tone,
  };
}

/** Everything that was waiting: the counts on top, then each kind with its first ones by name. */
function digestOf(groups: readonly Group[]): Told {
  const [first] = groups;
  const isOne = groups.length === 1;
  const shown = groups.slice(0, DIGEST.groups);
  const rest = groups.slice(DIGEST.groups);
  const share = Math.floor(DIGEST.length / Math.max(1, shown.length));
  return {
    title: `${(isOne && first?.sign) || '🗂️'} ${heading(groups)}`,
    lines: [...shown.flatMap((group) => [isOne ? '' : titleOf(group, groups), named(group, share)]), restWords(rest)],
    url: null,
    tone: first?.tone ?? 'neutral',
  };
}

function titleOf(group: Group, groups: readonly Group[]): string {
  return `${group.sign} ${inFull(group)}${placeWords(group, groups)}`;
}

function named(group: Group, limit: number): string {
  const { activities } = group;
  const isRow = isAboutPeople(group);
  const items = activities
    .slice(0, DIGEST.named)
    .map((activity) => (isRow ? nameOf(activity) : `• ${bullet(group, activity)}`));
  return listed(items.filter(Boolean), activities.length, limit, isRow);
}

function bullet(group: Group, activity: Activity): string {
  const { form, parts, title } = lineOf(activity);
  const said = spokenWords(activity, SPOKEN);
  const isWhole = isToldWhole(group, activity);
  const words = isWhole
    ? textOfParts(placeless(parts), title)
    : subjectName(activity) || oneLine(activity.said.headline);
  const who = isWhole && form !== 'headline' ? '' : nameOf(activity);
  return [wordsWithin(words, 140), who, said && `“${said}”`].filter(Boolean).join(' · ');
}

function nameOf({ actor }: Activity): string {
  return cut(oneLine(actor?.login ?? ''), LIMITS.name);
}

/** `→ mona, here`: by name alone, because a phone rings for whoever has subscribed. */
function calling(mentions: readonly Mention[]): string {
  const names = [...new Set(mentions.map(({ name }) => cut(oneLine(name), LIMITS.name)).filter(Boolean))];
  const called = enumerated(names, CALLED);
  return called === null ? '' : `→ ${called}`;
}

/** At most `max` bytes as UTF-8, `…` included; never cut within a character. */
export function withinBytes(text: string, max: number): string {
  if (Buffer.byteLength(text) <= max) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(Math.max(0, max - 3)));
  return `${text.slice(0, read).trimEnd()}…`;
}
