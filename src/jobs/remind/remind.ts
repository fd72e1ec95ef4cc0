import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReminderOutcome, TakenReminder } from '../../model/inbox/reminders.ts';
import type { Reminder } from '../../model/reminder.ts';
import type { Directory } from '../../model/rule.ts';
import { type Saying, sayingOf } from '../../route/remind/reminded.ts';
import { compileSchedule, type NextDue } from '../../route/remind/schedule.ts';
import { createWaiters } from '../../route/remind/waiting.ts';
import { iso, lasting } from '../../shared/time-words.ts';
import type { JobContext } from '../context.ts';
import type { OwnedLane } from '../owned-lane.ts';
import type { FindPeople } from '../people/find-people.ts';
import { type LanePersist, persistingIn } from '../persist.ts';
import { type Filling, runFilling } from './fill.ts';
import { ownEvent } from './own-source.ts';

/** After a time at which nobody worked: later than this it is of no use. */
const LATE_MS = 2 * 3_600_000;
/** What was missed before is not even mentioned. */
const FORGOTTEN_MS = 8 * 24 * 3_600_000;
/** Whoever has taken it says it within this time, or has died. */
const TAKEN_MS = 60_000;
/** A clock may be set, and a machine suspended. */
const LOOK_EVERY_MS = 60_000;
const PAGE = 500;

export interface Reminding {
  readonly context: JobContext;
  readonly reminders: readonly Reminder[];
  readonly directory: Directory;
  /** Looks up whom it would tell, so that the directory knows them. Default: nobody is. */
  readonly find?: FindPeople | null;
  /** Source → whom to ask what was open before it sent anything. Default: nobody. */
  readonly open?: Filling['open'];
}

/** A reminder, and up to when all its times are dealt with: ms since 1970. Null: nobody looked yet. */
interface Watched {
  readonly reminder: Reminder;
  readonly nextDue: NextDue;
  upTo: number | null;
  /** Not before it is there anything to do. Null: never. */
  nextAt: number | null;
}

/**
 * The story of the lane `remind`, as long as this worker owns it:
 *
 * 1. Of each reminder, look up what became of it last, and go on from there.
 * 2. Take each time that has come; one that is more than two hours past is left out, with a word in the log.
 * 3. Look at what is known which pull requests wait. None: nobody is told.
 * 4. Store what is to be said, as events of Tidings' own, each under an id made of the reminder and its time: stored twice, it is one.
 *    The expander tells them as it tells all others.
 * 5. Write down what became of it, and wait for the next time.
 *
 * Beside it what was open before is asked for (fill.ts).
 */
export async function runReminders(reminding: Reminding, owned: OwnedLane): Promise<void> {
  const { open, context } = reminding;
  const filling = open && runFilling({ ...reminding, open }, owned);
  // Safe to go on: reminders then know only what events say.
  const filled = filling?.catch((error: unknown) => context.log.error({ err: error }, 'asking what is open broke off'));
  await Promise.all([sayReminders(reminding, owned), filled]);
}

async function sayReminders(reminding: Reminding, owned: OwnedLane): Promise<void> {
  const { clock } = reminding.context;
  const persist = persistingIn(reminding.context, owned);
  const watched = reminding.reminders.map((reminder): Watched => {
    return { reminder, nextDue: compileSchedule(reminder.schedule), upTo: null, nextAt: Number.NEGATIVE_INFINITY };
  });
  while (!owned.over) {
    for (const each of watched) {
      if (each.nextAt !== null && each.nextAt <= clock.now() && !owned.over)
        await dealWith(each, reminding, owned, persist);
    }
    const next = Math.min(...watched.map(({ nextAt }) => nextAt ?? Number.POSITIVE_INFINITY));
    await owned.wake.wait(clock, Math.min(LOOK_EVERY_MS, next - clock.now()));
  }
}

async function dealWith(each: Watched, reminding: Reminding, owned: OwnedLane, persist: LanePersist): Promise<void> {
  const { inbox, clock } = reminding.context;
  const { name } = each.reminder;
  const newest = () => persist.toBegin('looking up reminders', () => inbox.reminders(name, 1));
  if (each.upTo === null) {
    const records = await newest();
    if (records === undefined) return;
    each.upTo = dealtWithUpTo(records[0] ?? null, clock.now());
  }
  for (;;) {
    const dueAt = each.nextDue(each.upTo);
    each.nextAt = dueAt;
    if (dueAt === null || dueAt > clock.now() || owned.over) return;
    const take = () => inbox.takeReminder({ name, dueAt }, owned.lease.owner, TAKEN_MS);
    const taken = await persist.toBegin('taking a reminder', take);
    if (taken === undefined) return;
    if (taken === null) {
      const [record] = (await newest()) ?? [];
      const hasEnded = record !== undefined && (record.dueAt > dueAt || record.outcome !== null);
      // Whoever else has it ends it, or has died; then it is ours.
      if (!hasEnded) {
        each.nextAt = clock.now() + TAKEN_MS;
        return;
      }
    } else if (!(await settle(taken, each.reminder, reminding, persist))) return;
    each.upTo = dueAt;
  }
}

/** A reminder that is new begins with what is due now; one that is not goes on from its last time. */
function dealtWithUpTo(newest: { readonly dueAt: number; readonly outcome: unknown } | null, now: number): number {
  if (newest === null) return now - LATE_MS;
  return Math.max(newest.outcome === null ? newest.dueAt - 1 : newest.dueAt, now - FORGOTTEN_MS);
}

/** False: the lane is lost, or the worker stops. */
async function settle(
  taken: TakenReminder,
  reminder: Reminder,
  reminding: Reminding,
  persist: LanePersist,
): Promise<boolean> {
  const { inbox, clock, log } = reminding.context;
  const { name, dueAt } = taken;
  const end = async (outcome: ReminderOutcome, detail: string) => {
    const ended = await persist.toEnd('ending a reminder', () =>
      inbox.endReminder(taken, outcome, detail.slice(0, 500)),
    );
    return ended !== undefined;
  };
  const late = clock.now() - dueAt;
  if (late > LATE_MS) {
    log.warn({ reminder: name, due: iso(dueAt) }, `reminder "${name}" left out: it is ${lasting(late)} late`);
    return end('late', `${lasting(late)} late`);
  }
  const waits = await whatWaits(reminder, dueAt, reminding, persist);
  if (waits === undefined) return false;
  if (typeof waits === 'string') {
    log.error({ reminder: name, due: iso(dueAt) }, `reminder "${name}" failed: ${waits}`);
    return end('failed', waits);
  }
  if (waits === null) {
    log.debug({ reminder: name, due: iso(dueAt) }, `reminder "${name}": nothing waits`);
    return end('silent', 'nothing waits');
  }
  const { whole, parts, left } = waits;
  for (const each of parts) {
    const appended = await persist.toBegin('storing a reminder', () => inbox.append(eventOf(each, clock.now())));
    if (appended === undefined) return false;
  }
  const leaves = Object.entries(left).map(([who, why]) => `${who} (${why})`);
  const detail = [`${whole.total} waiting`, ...(leaves.length > 0 ? [`not told: ${leaves.join(', ')}`] : [])].join(
    '; ',
  );
  const told = parts.length > 0 ? 'said' : 'tells nobody';
  log.info(
    { reminder: name, due: iso(dueAt), pulls: whole.total, messages: parts.length },
    `reminder "${name}" ${told}`,
  );
  return end(parts.length > 0 ? 'said' : 'silent', detail);
}

/** In words: why it cannot be known. Null: nothing. */
async function whatWaits(
  reminder: Reminder,
  dueAt: number,
  { context, directory, find = null }: Reminding,
  persist: LanePersist,
): Promise<Saying | string | null | undefined> {
  const waiters = createWaiters(reminder, directory, dueAt);
  let after = '';
  for (;;) {
    const page = await persist.toBegin('looking what waits', () => context.inbox.subjectsAfter(after, PAGE));
    if (page === undefined) return undefined;
    const last = page.at(-1);
    try {
      for (const subject of page) waiters.add(subject);
      if (last === undefined && find !== null) {
        const named = namedIn(waiters.pulls(), directory);
        await persist.toBegin('looking up people', () => find(named));
      }
      if (last === undefined) return sayingOf(reminder, waiters.pulls(), directory, dueAt);
    } catch (error) {
      // A filter that takes too long would do so at each try.
      return error instanceof Error ? error.message : String(error);
    }
    after = last.thread;
    await nextTurn();
  }
}

/** On whom they wait, each member of a team by themselves. */
function namedIn(
  pulls: ReturnType<ReturnType<typeof createWaiters>['pulls']>,
  { teams }: Directory,
): readonly string[] {
  return pulls.flatMap(({ on }) => on.flatMap((name) => [...(teams.get(name.toLowerCase())?.members ?? [name])]));
}

/** Its id is made of the reminder, its time, and who is told of what. */
function eventOf({ part, reminded }: Saying['parts'][number], receivedAt: number) {
  const { reminder, dueAt, to } = reminded;
  const id = ['reminder', reminder, iso(dueAt), part, ...(to === undefined ? [] : [to])].join(' ');
  return ownEvent(id, 'reminder', { part, reminded }, receivedAt);
}
