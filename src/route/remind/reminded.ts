import type { Reminded, Reminder, WaitingPull } from '../../model/reminder.ts';
import type { Directory } from '../../model/rule.ts';
import { createRoute } from '../route.ts';
import { tellingRule } from './own-rules.ts';
import { type Part, reminderActivity } from './said.ts';
import { compare } from './waiting.ts';

/** So many are listed; all are counted. */
const MOST_LISTED = 50;
/** So many people are named. */
const MOST_PEOPLE = 50;

/** All that one reminder says at its time, and to whom it says nothing. */
export interface Saying {
  /** What it says to those whom it tells together. */
  readonly whole: Reminded;
  /** What is said: to all, then to each who is told alone. */
  readonly parts: readonly { readonly part: Part; readonly reminded: Reminded }[];
  /** Whoever else is meant → why they are not told. */
  readonly left: Readonly<Record<string, string>>;
}

/** `pulls`: what waits, longest first. Null: nothing does, and nobody is told. Pure. */
export function sayingOf(
  reminder: Reminder,
  pulls: readonly WaitingPull[],
  directory: Directory,
  dueAt: number,
): Saying | null {
  if (pulls.length === 0) return null;
  const whole = remindedOf(reminder, pulls, dueAt);
  const together = reminder.rule.to.length === 0 ? [] : partsOf(reminder);
  const { told, left } = recipientsOf(reminder, pulls, directory, dueAt);
  const alone = told.flatMap((login) => {
    const own = pulls.filter(({ on }) => on.some((name) => isOneOf(name, login, directory)));
    return own.length === 0 ? [] : [{ ...remindedOf(reminder, own, dueAt), to: login }];
  });
  return {
    whole,
    parts: [
      ...together.map((part) => ({ part, reminded: whole })),
      ...alone.map((reminded) => ({ part: 'own' as const, reminded })),
    ],
    left,
  };
}

function partsOf({ rule }: Reminder): readonly Part[] {
  return rule.thread === true ? ['summary', 'list'] : ['whole'];
}

function remindedOf({ name }: Reminder, pulls: readonly WaitingPull[], dueAt: number): Reminded {
  const people = peopleOf(pulls).slice(0, MOST_PEOPLE);
  return { reminder: name, dueAt, total: pulls.length, people, pulls: pulls.slice(0, MOST_LISTED) };
}

/** As the rules tell people: nobody who is unknown, and nobody whom it calls by name elsewhere. */
function recipientsOf(reminder: Reminder, pulls: readonly WaitingPull[], directory: Directory, dueAt: number) {
  const route = createRoute([tellingRule(reminder)], directory);
  const all = { ...remindedOf(reminder, [], dueAt), people: peopleOf(pulls) };
  const { tell, trace } = route({ activity: reminderActivity(all, 'whole'), transition: null }, dueAt);
  const told = tell.flatMap(({ recipients = [] }) => recipients.map(({ mention }) => mention.name.toLowerCase()));
  const sought = trace.sought ?? [];
  return { told: [...new Set(told)], left: Object.assign({}, ...sought.map((each) => each.left)) as Saying['left'] };
}

/** `name`: a login, or a team that they are of. */
function isOneOf(name: string, login: string, { teams }: Directory): boolean {
  const lower = name.toLowerCase();
  return lower === login || teams.get(lower)?.members.has(login) === true;
}

function peopleOf(pulls: readonly WaitingPull[]): Reminded['people'] {
  const counts = new Map<string, number>();
  for (const name of pulls.flatMap(({ on }) => on)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].toSorted(([a, x], [b, y]) => y - x || compare(a, b));
}
