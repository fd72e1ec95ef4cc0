import picocolors from 'picocolors';
import type { Activity, Tone } from '../../model/activity.ts';
import type { Content, Mention, Notification } from '../../model/notification.ts';
import { columnsOf, cutToColumns as cut } from '../../shared/columns.ts';
import { type Group, groupAlike, summary, thousands } from '../../text/groups.ts';
import { sign } from '../../text/looks.ts';
import { plainLines } from '../../text/markdown/write-plain.ts';
import { oneLine } from '../../text/plain.ts';
import { ownTitle, placeOf } from '../../text/sentence.ts';

export interface CardStyle {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
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
/** Columns of the emoji and the space after it. */
const SIGN = 3;
const GAP = '  ';
/** Less of a title says nothing: then it has a line of its own. */
const LEAST_TITLE = 20;
/** Named one by one in a digest. */
const NAMED = 5;

type Called = Pick<Content, 'activity' | 'mentions'>;

/** One activity for the terminal, `footer` below it, a blank line at the end. Holds no control sequence but its own colours. */
export function renderCard({ activity, mentions }: Called, footer: string, style: CardStyle): string {
  const { said, facets } = activity;
  const paint = picocolors.createColors(style.color);
  const width = columns(style);
  const headline = cut(oneLine(said.headline), width - SIGN);
  const title = subjectLine(activity);
  const beside = width - SIGN - columnsOf(headline) - GAP.length;
  const around = [activity.actor?.login, placeOf(activity), ...said.facts, facets.labels.join(', ')];
  const lines = [
    `${sign(activity)} ${paint.bold(headline)}${title !== '' && beside >= LEAST_TITLE ? GAP + cut(title, beside) : ''}`,
    beside >= LEAST_TITLE ? '' : cut(title, width),
    ...excerptOf(activity).map((line) => paint.dim(`“ ${cut(line, width - 2)}`)),
    paint.dim(cut(oneLine(around.filter(Boolean).join(' · ')), width)),
    cut(callOut(mentions), width),
    // Never cut: a shortened address cannot be opened.
    paint.cyan(oneLine(activity.subject?.url ?? activity.place?.url ?? '')),
    paint.dim(cut(footer, width)),
  ];
  return frame(lines, said.tone, paint);
}

/** What was waiting, as one card: the counts, then the first few of each kind and place. */
export function renderDigestCard(notifications: readonly Notification[], footer: string, style: CardStyle): string {
  const paint = picocolors.createColors(style.color);
  const width = columns(style);
  const groups = groupAlike(notifications);
  const first = groups[0]?.activities[0];
  // One place is in the first line already.
  const isOnePlace = groups.every((group) => group.place === groups[0]?.place);
  const place = (group: Group) => (isOnePlace || group.place === '' ? '' : ` · ${group.place}`);
  const lines = [paint.bold(cut(summary(groups), width))];
  for (const group of groups.slice(0, NAMED)) {
    lines.push(cut(`${groups.length > 1 ? `${group.count}${place(group)}: ` : ''}${names(group)}`, width));
  }
  if (groups.length > NAMED) lines.push(paint.dim(`and ${groups.length - NAMED} other groups`));
  lines.push(cut(callOut(notifications.flatMap(({ mentions }) => mentions)), width));
  return frame([...lines, paint.dim(cut(footer, width))], first?.said.tone ?? 'neutral', paint);
}

function names({ activities }: Group): string {
  const named = activities
    .slice(0, NAMED)
    .map((one) => subjectLine(one) || oneLine(one.actor?.login ?? one.said.headline));
  const rest = activities.length - named.length;
  return named.map((name) => cut(name, 40)).join(', ') + (rest > 0 ? ` and ${thousands(rest)} more` : '');
}

function subjectLine(activity: Activity): string {
  return [oneLine(activity.subject?.handle ?? ''), ownTitle(activity)].filter(Boolean).join(' ');
}

function excerptOf({ said: { excerpt } }: Activity): readonly string[] {
  return excerpt === null ? [] : plainLines(excerpt, EXCERPT_LINES);
}

/** `→ mona, acme/backend`, each once. */
function callOut(mentions: readonly Mention[]): string {
  const names = new Set(mentions.map(({ name }) => oneLine(name)));
  return names.size === 0 ? '' : `→ ${[...names].join(', ')}`;
}

function columns({ width }: CardStyle): number {
  return Math.min(110, Math.max(40, width)) - 2;
}

function frame(lines: readonly string[], tone: Tone, paint: Colors): string {
  const bar = paint[TONES[tone]]('┃');
  const shown = lines.filter((line) => line !== '' && line !== paint.cyan(''));
  return `${shown.map((line) => `${bar} ${line}\n`).join('')}\n`;
}
