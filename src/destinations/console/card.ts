import { stripVTControlCharacters } from 'node:util';
import picocolors from 'picocolors';
import type { Activity, Tone } from '../../model/activity.ts';
import type { Content, Mention, Notification } from '../../model/notification.ts';
import { columnsOf, cutToColumns as cut, wrappedToColumns } from '../../shared/terminal/columns.ts';
import { REPEAT_LINE } from '../../text/as-repeat.ts';
import { type Group, groupAlike, isToldWhole, placeWords, restWords, summary } from '../../text/groups.ts';
import { lineOf, placeless, textOfParts } from '../../text/line.ts';
import { sign } from '../../text/looks.ts';
import { plainLines } from '../../text/markdown/write-plain.ts';
import { oneLine } from '../../text/plain.ts';
import { smallLine, textOfSmallLine } from '../../text/small-line.ts';
import { subjectName } from '../../text/subject.ts';
import { grouped } from '../../text/words.ts';

export interface CardStyle {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** It may stand above already, and says so. */
  readonly maybeRepeated?: boolean | undefined;
}

type Colors = ReturnType<typeof picocolors.createColors>;
const TONES: Readonly<Record<Tone, 'green' | 'red' | 'yellow' | 'magenta' | 'cyan'>> = {
  opened: 'green',
  good: 'green',
  bad: 'red',
  waiting: 'yellow',
  done: 'magenta',
  neutral: 'cyan',
};
const EXCERPT_LINES = 3;
/** Of words that have no title on a line of its own. */
const WORDED_LINES = 3;
/** Columns of the emoji and the space after it. */
const SIGN = 3;
/** Less of a title says nothing: then it has a line of its own. */
const LEAST_TITLE = 20;
/** Named one by one in a digest. */
const NAMED = 5;

type Called = Pick<Content, 'activity' | 'mentions'>;

/** One activity for the terminal, `footer` below it, a blank line at the end. Holds no control sequence but its own colours. */
export function renderCard({ activity, mentions }: Called, footer: string, style: CardStyle): string {
  const paint = picocolors.createColors(style.color);
  const width = columns(style);
  const line = lineOf(activity);
  const { title } = line;
  const said = textOfParts(placeless(line.parts)) + (title && ':');
  const [head = '', ...more] = wrappedToColumns(said, width - SIGN, line.form === 'worded' ? WORDED_LINES : 1);
  const beside = width - SIGN - columnsOf(head) - 1;
  const isBeside = title !== '' && beside >= Math.min(LEAST_TITLE, columnsOf(title));
  const lines = [
    repeatLine(style, paint),
    `${sign(activity)} ${paint.bold(head)}${isBeside ? ` ${cut(title, beside)}` : ''}`,
    ...more.map((words) => paint.bold(words)),
    isBeside ? '' : cut(title, width),
    ...excerptOf(activity).map((line) => paint.dim(`“ ${cut(line, width - 2)}`)),
    paint.dim(cut(textOfSmallLine(smallLine(activity, line)), width)),
    cut(callOut(mentions), width),
    // Never cut: a shortened address cannot be opened.
    paint.cyan(oneLine(activity.subject?.url ?? activity.place?.url ?? '')),
    paint.dim(cut(footer, width)),
  ];
  return frame(lines, activity.said.tone, paint);
}

/** What was waiting, as one card: the counts, then the first few of each kind and place. */
export function renderDigestCard(notifications: readonly Notification[], footer: string, style: CardStyle): string {
  const paint = picocolors.createColors(style.color);
  const width = columns(style);
  const groups = groupAlike(notifications);
  const lines = [repeatLine(style, paint), paint.bold(cut(summary(groups), width))];
  for (const group of groups.slice(0, NAMED)) {
    const count =
      groups.length === 1 ? '' : `${group.count}${group.parts && ` (${group.parts})`}${placeWords(group, groups)}: `;
    lines.push(cut(count + names(group), width));
  }
  const unshown = groups.slice(NAMED);
  if (unshown.length > 0) lines.push(paint.dim(restWords(unshown)));
  lines.push(cut(callOut(notifications.flatMap(({ mentions }) => mentions)), width));
  return frame([...lines, paint.dim(cut(footer, width))], groups[0]?.tone ?? 'neutral', paint);
}

function names(group: Group): string {
  const named = group.activities.slice(0, NAMED).map((one) => nameIn(group, one));
  const rest = group.activities.length - named.length;
  return named.map((name) => cut(name, 40)).join(', ') + (rest > 0 ? ` and ${grouped(rest)} more` : '');
}

function nameIn(group: Group, activity: Activity): string {
  const { parts, title } = lineOf(activity);
  if (isToldWhole(group, activity)) return textOfParts(placeless(parts), title);
  return subjectName(activity) || oneLine(activity.actor?.login ?? activity.said.headline);
}

function excerptOf({ said: { excerpt } }: Activity): readonly string[] {
  return excerpt === null ? [] : plainLines(excerpt, EXCERPT_LINES);
}

/** `→ mona, acme/backend`, each once. */
function callOut(mentions: readonly Mention[]): string {
  const names = new Set(mentions.map(({ name }) => oneLine(name)));
  return names.size === 0 ? '' : `→ ${[...names].join(', ')}`;
}

/** '' where it is none. */
function repeatLine({ maybeRepeated }: CardStyle, paint: Colors): string {
  return maybeRepeated ? paint.dim(REPEAT_LINE) : '';
}

function columns({ width }: CardStyle): number {
  return Math.min(110, Math.max(40, width)) - 2;
}

function frame(lines: readonly string[], tone: Tone, paint: Colors): string {
  const bar = paint[TONES[tone]]('┃');
  const shown = lines.filter((line) => stripVTControlCharacters(line) !== '');
  return `${shown.map((line) => `${bar} ${line}\n`).join('')}\n`;
}
