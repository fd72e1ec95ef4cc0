import type { Config } from '../../config/config.ts';
import { openExisting } from '../../inbox/open-inbox.ts';
import type { ReminderRecord } from '../../model/inbox/reminders.ts';
import type { Inbox } from '../../model/inbox.ts';
import type { Reminded, Reminder } from '../../model/reminder.ts';
import type { Directory } from '../../model/rule.ts';
import { reminderLines } from '../../route/remind/said.ts';
import { compileSchedule } from '../../route/remind/schedule.ts';
import { createWaiters } from '../../route/remind/waiting.ts';
import { systemClock } from '../../shared/clock.ts';
import { hasDatabase } from '../database.ts';

/** A reminder, as it stands. */
export interface ReminderNow {
  readonly name: string;
  readonly to: readonly string[];
  /** ms since 1970. Null: never. */
  readonly nextAt: number | null;
  /** Null: it was not due yet. */
  readonly last: ReminderRecord | null;
  /** What it would say at this moment. Null: nothing waits. */
  readonly reminded: Reminded | null;
  /** The same in lines of text as others wrote it. */
  readonly lines: readonly string[];
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
    all.push(standing(each, now, last, await remindedNow(each, directory, inbox, now)));
  }
  return all;
}

function standing(
  { name, rule, schedule }: Reminder,
  now: number,
  last: ReminderRecord | null,
  reminded: Reminded | null,
): ReminderNow {
  const nextAt = compileSchedule(schedule)(now);
  return { name, to: rule.to, nextAt, last, reminded, lines: reminded === null ? [] : reminderLines(reminded) };
}

async function remindedNow(
  reminder: Reminder,
  directory: Directory,
  inbox: Pick<Inbox, 'subjectsAfter'>,
  now: number,
): Promise<Reminded | null> {
  const waiters = createWaiters(reminder, directory, now);
  let after = '';
  for (;;) {
    const page = await inbox.subjectsAfter(after, PAGE);
    for (const subject of page) waiters.add(subject);
    const last = page.at(-1);
    if (last === undefined) return waiters.reminded(now);
    after = last.thread;
  }
}
