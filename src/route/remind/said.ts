import type { Activity } from '../../model/activity.ts';
import { activity } from '../../model/new-activity.ts';
import { OWN_SOURCE, type Reminded, type Turn, type WaitingPull } from '../../model/reminder.ts';
import { lasting, plural } from '../../shared/time-words.ts';

// What a reminder says, made of what was stored when it was due: read again, it says the same.

/** The type of what reminds somebody; the action is the reminder's name. */
export const REMINDER = 'reminder';

/** Of what is said to one person alone. */
export const OWN_REMINDER = 'own_reminder';

/** `whole`: both in one. `own`: the same to one person, of what waits for them. */
export type Part = 'whole' | 'summary' | 'list' | 'own';

/** Of an excerpt. */
const LONGEST = 3_000;
/** For ` and 1,000 more`. */
const MORE = 40;
const LONGEST_TITLE = 120;
const LONGEST_NAME = 60;
const LONGEST_URL = 500;
const MOST_NAMED = 8;

export function reminderActivity(reminded: Reminded, part: Part): Activity {
  const { reminder, dueAt, people, to } = reminded;
  const type = to === undefined ? REMINDER : OWN_REMINDER;
  const thread = `${REMINDER} ${reminder} ${new Date(dueAt).toISOString()}`;
  return activity({
    kind: `${type}.${reminder}`,
    type,
    action: reminder,
    source: OWN_SOURCE,
    actor: null,
    subject: null,
    headline: part === 'list' ? 'Longest first' : headline(reminded),
    tone: 'waiting',
    facts: part === 'list' || to !== undefined ? [] : peopleWords(people),
    excerpt: part === 'summary' ? null : listText(reminded, markdownLine),
    occurredAt: dueAt,
    asked: to === undefined ? (part === 'list' ? [] : people.map(([name]) => name)) : [to],
    thread,
    dedupKey: `${OWN_SOURCE} ${thread} ${part}`,
  });
}

/** For a terminal: nothing is escaped. */
export function reminderLines(reminded: Reminded): readonly string[] {
  const words = reminded.to === undefined ? peopleWords(reminded.people) : [];
  return [
    [headline(reminded), ...words].join(' · '),
    ...listText(reminded, plainLine, Number.POSITIVE_INFINITY).split('\n'),
  ];
}

function headline({ total, pulls, to }: Reminded): string {
  const nouns = new Set(pulls.map(({ noun }) => noun));
  const [noun = 'pull request'] = nouns.size === 1 ? nouns : [];
  return `${plural(total, noun)} ${total === 1 ? 'waits' : 'wait'}${to === undefined ? '' : ' for you'}`;
}

/** `mona: 2`; nobody, where nobody was asked. */
function peopleWords(people: Reminded['people']): readonly string[] {
  const named = people.slice(0, MOST_NAMED).map(([name, count]) => `${short(name, LONGEST_NAME)}: ${count}`);
  const rest = people.length - named.length;
  return named.length === 0 ? [] : [`${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`];
}

function listText(
  { pulls, total, dueAt, to }: Reminded,
  lineOf: (pull: WaitingPull, reader: Reader) => string,
  longest = LONGEST,
): string {
  let text = '';
  let count = 0;
  for (const pull of pulls) {
    const line = `${text === '' ? '' : '\n'}${lineOf(pull, { dueAt, isIt: to !== undefined })}`;
    if (text.length + line.length > longest - MORE) break;
    text += line;
    count++;
  }
  return total > count ? `${text}\n\nand ${(total - count).toLocaleString('en-US')} more` : text;
}

/** Who reads it, and when; whether it is their turn. */
interface Reader {
  readonly dueAt: number;
  readonly isIt: boolean;
}

function markdownLine(pull: WaitingPull, reader: Reader): string {
  const { url, title } = pull;
  const name = escaped(nameOf(pull));
  const linked =
    url !== null && url.length <= LONGEST_URL && /^https?:\/\/[^\s<>]+$/.test(url) ? `[${name}](<${url}>)` : name;
  return `- ${linked} ${escaped(short(title))}: ${escaped(waits(pull, reader))}`;
}

function plainLine(pull: WaitingPull, reader: Reader): string {
  return `- ${nameOf(pull)} ${short(pull.title)}: ${waits(pull, reader)}`;
}

function nameOf({ place, handle }: WaitingPull): string {
  return short(`${place}${handle}`);
}

/** `waits 3 days for a review by mona · 1 of 2 approvals` */
function waits(pull: WaitingPull, { dueAt, isIt }: Reader): string {
  const what = isIt ? WHAT_FROM_YOU[pull.turn] : whatFor(pull);
  return `waits ${howLong(Math.max(0, dueAt - pull.since))} ${what}${approvalWords(pull)}`;
}

const WHAT_FROM_YOU: Readonly<Record<Turn, string>> = {
  draft: 'as your draft',
  changes: 'for your changes',
  merge: 'for you to merge it',
  review: 'for your review',
  nobody: 'and nobody is asked for a review',
};

const HOUR = 3_600_000;

/** `40 min`, `27 h`, `3 days`: nobody counts minutes of hours. */
function howLong(ms: number): string {
  return lasting(ms < HOUR ? ms : Math.floor(ms / HOUR) * HOUR);
}

function whatFor({ turn, on }: WaitingPull): string {
  const who =
    on
      .slice(0, MOST_NAMED)
      .map((name) => short(name, LONGEST_NAME))
      .join(', ') || 'its author';
  switch (turn) {
    case 'draft':
      return `as a draft by ${who}`;
    case 'changes':
      return `for changes by ${who}`;
    case 'merge':
      return `for ${who} to merge it`;
    case 'review':
      return `for a review by ${who}`;
    case 'nobody':
      return 'and nobody is asked for a review';
  }
}

function approvalWords({ approvals, needed }: WaitingPull): string {
  if (needed !== null && needed > 0) return ` · ${approvals} of ${plural(needed, 'approval')}`;
  return approvals === 0 ? '' : ` · ${plural(approvals, 'approval')}`;
}

/** On one line, and bounded by characters that belong together. */
function short(text: string, longest = LONGEST_TITLE): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join('')}…`;
}

/** Text of others as Markdown that says just that. */
function escaped(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}
