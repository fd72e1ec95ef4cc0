import type { Config } from '../../config/config.ts';
import { openExisting } from '../../inbox/open-inbox.ts';
import type { ReminderRecord } from '../../model/inbox/reminders.ts';
import type { Inbox } from '../../model/inbox.ts';
import type { Reminder } from '../../model/reminder.ts';
import type { Directory } from '../../model/rule.ts';
import { type Saying, sayingOf } from '../../route/remind/reminded.ts';
import { reminderLines } from '../../route/remind/said.ts';
import { compileSchedule, dueWords } from '../../route/remind/schedule.ts';
import { createWaiters } from '../../route/remind/waiting.ts';
import { systemClock } from '../../shared/clock.ts';
import { hasDatabase } from '../database.ts';

/** A reminder, as it stands. */
export interface ReminderNow {
  readonly name: string;
  /** Destinations, and whom it tells alone: `@asked`. */
  readonly to: readonly string[];
  /** ms since 1970. Null: never. */
  readonly nextAt: number | null;
  /** The same as the clocks of its zone show it. */
  readonly next: string | null;
  /** Null: it was not due yet. */
  readonly last: (ReminderRecord & { readonly due: string }) | null;
  /** What it would say at this moment. Null: nothing waits. */
  readonly saying: Saying | null;
  /** The same in lines of text as others wrote it. `to`: login of whom it would be said to alone. Null: to all. */
  readonly said: readonly { readonly to: string | null; readonly lines: readonly string[] }[];
}

const PAGE = 500;

/** Reads only. @throws an Error that says why the database cannot be opened */
export async function remindersNow(
  config: Pick<Config, 'database' | 'reminders' | 'directory'>,
  now: number,
): Promise<readonly ReminderNow[]> {
  const { reminders, directory } = config;
  if (!hasDatabase(config)) return reminders.map((each) => standing(each, now, null, null));
  await using inbox = await openExisting(config.database, systemClock, 'read');
  const all: ReminderNow[] = [];
  for (const each of reminders) {
    const [last = null] = await inbox.reminders(each.name, 1);
    all.push(standing(each, now, last, await sayingNow(each, directory, inbox, now)));
  }
  return all;
}

function standing(
  { name, rule, schedule }: Reminder,
  now: number,
  last: ReminderRecord | null,
  saying: Saying | null,
): ReminderNow {
  const nextAt = compileSchedule(schedule)(now);
  const together = rule.to.length > 0 && saying !== null ? [{ to: null, lines: reminderLines(saying.whole) }] : [];
  const alone = (saying?.parts ?? []).flatMap(({ reminded }) =>
    reminded.to === undefined ? [] : [{ to: reminded.to, lines: reminderLines(reminded) }],
  );
  return {
    name,
    to: [...rule.to, ...(rule.people ?? [])],
    nextAt,
    next: nextAt === null ? null : dueWords(nextAt, schedule),
    last: last && { ...last, due: dueWords(last.dueAt, schedule) },
    saying,
    said: [...together, ...alone],
  };
}

async function sayingNow(
  reminder: Reminder,
  directory: Directory,
  inbox: Pick<Inbox, 'subjectsAfter'>,
  now: number,
): Promise<Saying | null> {
  const waiters = createWaiters(reminder, directory, now);
  let after = '';
  for (;;) {
    const page = await inbox.subjectsAfter(after, PAGE);
    for (const subject of page) waiters.add(subject);
    const last = page.at(-1);
    if (last === undefined) return sayingOf(reminder, waiters.pulls(), directory, now);
    after = last.thread;
  }
}
