import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { aReminder, aWaitingPull } from '../../../tests/fixtures/reminders.ts';
import type { ReminderOutcome, ReminderRecord } from '../../model/inbox/reminders.ts';
import type { Inbox } from '../../model/inbox.ts';
import type { Reminder, Schedule } from '../../model/reminder.ts';
import { NOBODY } from '../../model/rule.ts';
import { UNCOUNTED } from '../../model/telemetry.ts';
import { compileSchedule } from '../../route/remind/schedule.ts';
import type { Clock } from '../../shared/clock.ts';
import { createLog } from '../../shared/log.ts';
import { OwnedLane } from '../owned-lane.ts';
import { DEFAULT_TIMING } from '../timing.ts';
import { type Reminding, runReminders } from './remind.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LATE_MS = 2 * HOUR;

/** Stands still until whoever drives it says so. */
class StepClock implements Clock {
  #now = 0;
  #timer: { readonly at: number; readonly fire: () => void } | undefined;
  #isSet: (() => void) | undefined;

  now = () => this.#now;
  monotonic = () => this.#now;

  after(ms: number, fire: () => void): () => void {
    this.#timer = { at: this.#now + Math.max(0, ms), fire };
    this.#isSet?.();
    return () => (this.#timer = undefined);
  }

  set(now: number): void {
    this.#now = now;
  }

  /** When the next timer rings. */
  async next(): Promise<number> {
    if (this.#timer === undefined) await new Promise<void>((resolve) => (this.#isSet = resolve));
    return this.#timer?.at ?? 0;
  }

  ring(): void {
    const timer = this.#timer;
    this.#timer = undefined;
    this.#now = timer?.at ?? this.#now;
    timer?.fire();
  }
}

type Crash = 'taken' | 'stored' | 'ended';

/** What the lane asks of an inbox, in memory. `crash`: raised once, at that step. */
class Records {
  readonly said: string[] = [];
  readonly lines: string[] = [];
  crash: { readonly at: Crash; readonly die: () => never } | null = null;
  waiting = [aWaitingPull(1, 0)];
  readonly #ids = new Set<string>();
  readonly #rows = new Map<number, { until: number; owner: string; outcome: ReminderOutcome | null }>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  outcomes(): readonly (readonly [number, ReminderOutcome | null])[] {
    return [...this.#rows].map(([dueAt, { outcome }]) => [dueAt, outcome] as const);
  }

  inbox(): Inbox {
    const part: Partial<Inbox> = {
      takeReminder: async (due, owner, ttlMs) => {
        const row = this.#rows.get(due.dueAt);
        if (row && (row.outcome !== null || row.until > this.#clock.now())) return null;
        this.#rows.set(due.dueAt, { until: this.#clock.now() + ttlMs, owner, outcome: null });
        this.#perhapsDie('taken');
        return { ...due, owner, tries: 1 };
      },
      endReminder: async ({ dueAt, owner }, outcome) => {
        const row = this.#rows.get(dueAt);
        if (row?.owner !== owner || row.outcome !== null) return false;
        this.#perhapsDie('stored');
        row.outcome = outcome;
        this.#perhapsDie('ended');
        return true;
      },
      reminders: async (name, limit) => {
        const rows = [...this.#rows].toSorted(([a], [b]) => b - a).slice(0, limit);
        return rows.map(
          ([dueAt, { outcome }]): ReminderRecord => ({ name, dueAt, outcome, detail: '', endedAt: null }),
        );
      },
      subjectsAfter: async (after) => (after === '' ? this.waiting : []),
      append: async ({ deliveryId }) => {
        const isNew = !this.#ids.has(deliveryId);
        this.#ids.add(deliveryId);
        if (isNew) this.said.push(deliveryId);
        return { status: isNew ? 'accepted' : 'duplicate', id: 1 };
      },
    };
    return part as Inbox;
  }

  #perhapsDie(at: Crash): void {
    const { crash } = this;
    if (crash?.at !== at) return;
    this.crash = null;
    crash.die();
  }
}

/** A process that works from `from` to `to`, or until it dies at a step. Returns until when it lived. */
async function live(
  {
    records,
    clock,
    reminder,
    directory = NOBODY,
    find = null,
  }: Pick<Partial<Reminding>, 'directory' | 'find'> & {
    readonly records: Records;
    readonly clock: StepClock;
    readonly reminder: Reminder;
  },
  { from, to, crash = null, owner = 'one' }: { from: number; to: number; crash?: Crash | null; owner?: string },
): Promise<number> {
  clock.set(from);
  const stopping = new AbortController();
  const lease = { lane: 'remind', owner, epoch: 1, notBefore: 0, failures: 0, broken: null, held: null };
  const owned = new OwnedLane(lease, clock, stopping.signal);
  const die = () => {
    owned.lose();
    throw new Error('it died');
  };
  records.crash = crash && { at: crash, die };
  const shutdown = { stopping: stopping.signal, aborting: stopping.signal, quitting: new AbortController().signal };
  const context = {
    inbox: records.inbox(),
    telemetry: UNCOUNTED,
    clock,
    random: () => 0,
    log: createLog('warn', { write: (line) => void records.lines.push(JSON.parse(line).msg) }),
    timing: DEFAULT_TIMING,
    shutdown,
  };
  const ended = runReminders({ context, reminders: [reminder], directory, find }, owned).then(() => 'ended' as const);
  for (;;) {
    const next = await Promise.race([clock.next(), ended]);
    if (next === 'ended') break;
    if (next > to && !owned.over) {
      stopping.abort();
      owned.wake.raise();
      await ended;
      break;
    }
    clock.ring();
  }
  const until = Math.min(to, clock.now());
  return owned.lost.aborted ? until : to;
}

function setting(changes: Partial<Reminder> = {}) {
  const clock = new StepClock();
  return { clock, records: new Records(clock), reminder: aReminder(changes) };
}

const DUE = Date.UTC(2026, 0, 15, 9, 30);

test('it is said at its time, and once', async () => {
  const here = setting();
  await live(here, { from: DUE - HOUR, to: DUE + 20 * HOUR });
  assert.deepEqual(here.records.said, ['reminder team 2026-01-15T09:30:00.000Z whole']);
  assert.deepEqual(here.records.outcomes(), [[DUE, 'said']]);
});

test('whoever it waits for is looked up before it says who is told', async () => {
  const { rule } = aReminder();
  const people = new Map<string, { readonly ids: Readonly<Record<string, string>> }>();
  const direct = { by: new Set(['people']), types: new Map([['people', 'chat']]) };
  const named: string[] = [];
  const find = async (logins: Iterable<string>) => {
    for (const login of logins) {
      named.push(login);
      people.set(login.toLowerCase(), { ids: { chat: 'U1' } });
    }
  };
  const here = setting({ rule: { ...rule, to: [], people: ['@asked'] } });
  await live({ ...here, directory: { ...NOBODY, people, direct }, find }, { from: DUE, to: DUE + MINUTE });
  assert.ok(named.length > 0);
  assert.deepEqual(
    here.records.said,
    [...new Set(named)].map((login) => `reminder team 2026-01-15T09:30:00.000Z own ${login}`),
  );
});

test('the count first and the list behind it, where the list goes into a thread', async () => {
  const { rule } = aReminder();
  const here = setting({ rule: { ...rule, thread: true } });
  await live(here, { from: DUE, to: DUE + MINUTE });
  assert.deepEqual(
    here.records.said.map((id) => id.split(' ').at(-1)),
    ['summary', 'list'],
  );
});

test('where nothing waits, nobody is told', async () => {
  const here = setting();
  here.records.waiting = [];
  await live(here, { from: DUE, to: DUE + MINUTE });
  assert.deepEqual([here.records.said, here.records.outcomes()], [[], [[DUE, 'silent']]]);
});

test('up to two hours late it is said all the same; later it is left out with a word', async () => {
  const here = setting();
  await live(here, { from: DUE - 24 * HOUR, to: DUE - 23 * HOUR });
  await live(here, { from: DUE + 2 * HOUR, to: DUE + 3 * HOUR });
  assert.equal(here.records.said.length, 2);
  await live(here, { from: DUE + 26 * HOUR + 1_000, to: DUE + 27 * HOUR });
  assert.equal(here.records.said.length, 2);
  assert.deepEqual(here.records.lines, ['reminder "team" left out: it is 2 h late']);
  assert.deepEqual(here.records.outcomes().at(-1), [DUE + 24 * HOUR, 'late']);
});

test('of a reminder that is new, what was due long ago is not even mentioned', async () => {
  const here = setting();
  await live(here, { from: DUE + 5 * HOUR, to: DUE + 6 * HOUR });
  assert.deepEqual([here.records.said, here.records.lines, here.records.outcomes()], [[], [], []]);
});

test('what somebody took and never ended is taken again, and told once', async () => {
  for (const crash of ['taken', 'stored', 'ended'] as const) {
    const here = setting();
    const died = await live(here, { from: DUE - MINUTE, to: DUE + HOUR, crash });
    assert.ok(died < DUE + 1_000, crash);
    await live(here, { from: died + 1_000, to: DUE + HOUR, owner: 'two' });
    assert.equal(here.records.said.length, 1, crash);
    assert.deepEqual(here.records.outcomes(), [[DUE, 'said']], crash);
  }
});

test('a filter that takes too long fails its reminder, and is not asked again', async () => {
  const { rule } = aReminder();
  const condition = { text: '', fields: [], ask: () => assert.fail('too long') };
  const here = setting({ rule: { ...rule, condition } });
  await live(here, { from: DUE, to: DUE + MINUTE });
  assert.deepEqual(here.records.outcomes(), [[DUE, 'failed']]);
  assert.match(here.records.lines[0] ?? '', /^reminder "team" failed: .*too long/s);
});

const schedules: fc.Arbitrary<Schedule> = fc.record({
  days: fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 3 }),
  minute: fc.integer({ min: 0, max: 1_439 }),
  zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'),
  except: fc.subarray(['2026-03-29', '10-25', '2026-11-01']),
});

/** Lives one after the other: how long it works, how long nothing does, and where it dies. */
const lives = fc.array(
  fc.record({
    works: fc.integer({ min: 5, max: 900 }),
    rests: fc.oneof(fc.integer({ min: 2, max: 100 }), fc.integer({ min: 100, max: 1_500 })),
    crash: fc.constantFrom<Crash | null>(null, null, 'taken', 'stored', 'ended'),
  }),
  { minLength: 1, maxLength: 6 },
);

/** Around the days on which clocks are put forward or back. */
const starts = fc
  .tuple(
    fc.constantFrom(Date.UTC(2026, 2, 28), Date.UTC(2026, 9, 24), Date.UTC(2026, 9, 31)),
    fc.integer({ min: 0, max: 1_440 }),
  )
  .map(([day, minutes]) => day + minutes * MINUTE);

test('whenever it works, dies and starts again: what is due is said once if somebody works within two hours, else never', async () => {
  await fc.assert(
    fc.asyncProperty(schedules, starts, lives, async (schedule, start, all) => {
      const here = setting({ schedule });
      const worked: (readonly [number, number])[] = [];
      let from = start;
      for (const [index, { works, rests, crash }] of all.entries()) {
        const until = await live(here, { from, to: from + works * MINUTE, crash, owner: `owner ${index}` });
        worked.push([from, until]);
        from = until + rests * MINUTE;
      }
      const said = new Set(here.records.said.map((id) => Date.parse(id.split(' ')[2] ?? '')));
      assert.equal(said.size, here.records.said.length);
      const nextDue = compileSchedule(schedule);
      for (let due = nextDue(start - LATE_MS); due !== null && due <= from; due = nextDue(due)) {
        const shared = worked.map(([a, b]) => Math.min(b, due + LATE_MS) - Math.max(a, due));
        // Two minutes: whoever died may have taken it, and for one it is theirs.
        if (shared.some((ms) => ms >= 2 * MINUTE)) assert.ok(said.has(due), new Date(due).toISOString());
        if (shared.every((ms) => ms < 0)) assert.ok(!said.has(due), new Date(due).toISOString());
        said.delete(due);
      }
      assert.equal(said.size, 0, 'what is not due is not said');
    }),
    { numRuns: 25 },
  );
});
