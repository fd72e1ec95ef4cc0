import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import * as fc from 'fast-check';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import type { Schedule } from '../../src/model/reminder.ts';
import type { Directory } from '../../src/model/rule.ts';
import { compileSchedule } from '../../src/route/remind/schedule.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { aReminder, aWaitingPull } from '../fixtures/reminders.ts';
import { aRule } from '../fixtures/rules.ts';
import { FULL } from '../support/long-form.ts';
import { freshDatabase, query } from '../support/postgres.ts';
import { withoutThreads } from '../support/without-threads.ts';
import { Lives, type World } from './reminder-lives.ts';

const MINUTE = 60_000;
const LATE_MS = 120 * MINUTE;
const DAY = 1_440 * MINUTE;

const DIRECTORY: Directory = {
  people: new Map([['mona', { ids: { double: 'U1' } }]]),
  teams: new Map(),
  owners: new Map(),
  direct: { by: new Set(['people']), types: new Map([['people', 'double']]) },
};

type Open = (t: TestContext) => Promise<World>;

const sqlite: Open = async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-lives-'));
  let now = 0;
  const clock = { ...systemClock, now: () => now };
  const inbox = await openSqliteInbox({ path: join(folder, 'tidings.db'), clock }, withoutThreads);
  t.after(async () => {
    await inbox[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });
  return { inbox, directory: DIRECTORY, passed: (ms) => void (now += ms), ready: async () => undefined };
};

/** Nobody moves the clock of a database: what it has given until some time is moved instead. */
const postgres: Open = async (t) => {
  const database = await freshDatabase();
  const inbox = await openPostgresInbox({ url: new Secret(database.url), clock: systemClock });
  t.after(async () => {
    await inbox[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });
  let gone = 0;
  return {
    inbox,
    directory: DIRECTORY,
    passed: (ms) => void (gone += ms),
    async ready() {
      if (gone === 0) return;
      const ms = gone;
      gone = 0;
      await query(database.url, `UPDATE tidings.reminders SET taken_until = taken_until - ${Math.min(ms, DAY)}`);
    },
  };
};

const schedules: fc.Arbitrary<Schedule> = fc.record({
  days: fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 4 }),
  minute: fc.integer({ min: 0, max: 1_439 }),
  zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'),
  except: fc.subarray(['2026-03-29', '10-25', '2026-11-01']),
});

/** Around the days on which clocks are put forward or back. */
const starts = fc
  .tuple(fc.constantFrom(Date.UTC(2026, 2, 28), Date.UTC(2026, 9, 24), Date.UTC(2026, 9, 31)), fc.nat(1_440))
  .map(([day, minutes]) => day + minutes * MINUTE);

const life = fc.record({
  works: fc.integer({ min: 5, max: 1_500 }),
  dies: fc.option(fc.record({ call: fc.integer({ min: 1, max: 12 }), when: fc.constantFrom('before', 'after') })),
});

/** One or two processes at a time, and how long nothing works behind them. */
const shifts = fc.array(
  fc.record({
    lives: fc.array(life, { minLength: 1, maxLength: 2 }),
    rests: fc.oneof(fc.integer({ min: 2, max: 100 }), fc.integer({ min: 100, max: 1_500 })),
  }),
  { minLength: 1, maxLength: 5 },
);

const ENGINES: readonly (readonly [name: string, open: Open, runs: number])[] = [
  ['sqlite', sqlite, FULL ? 150 : 8],
  ['postgres', postgres, FULL ? 60 : 2],
];

for (const [engine, open, numRuns] of ENGINES) {
  test(`${engine}: of two processes that both believe it theirs, and die at any step, each due reminder is said once`, async (t) => {
    const world = await open(t);
    await world.inbox.learn([aWaitingPull(1, 0)]);
    let run = 0;
    await fc.assert(
      fc.asyncProperty(schedules, starts, shifts, async (schedule, start, all) => {
        const name = `team${run++}`;
        const rule = aRule(`reminder ${name}`, { pull_request: {} }, { to: ['team'], people: ['@asked'] });
        const reminder = aReminder({ name, schedule, rule });
        const lives = new Lives(world);
        const worked: (readonly [number, number])[] = [];
        let from = start;
        for (const [shift, { lives: given, rests }] of all.entries()) {
          const processes = given.map(({ works, dies }, n) => {
            return { owner: `${name} ${shift} ${n}`, to: from + works * MINUTE, dies: dies && { ...dies } };
          });
          const until = await lives.shift(from, processes, reminder);
          worked.push(...until.map((to) => [from, to] as const));
          from = lives.now + rests * MINUTE;
        }
        assert.equal(new Set(lives.said).size, lives.said.length, 'nothing is stored twice');
        const said = Map.groupBy(lives.said, (id) => Date.parse(id.split(' ')[2] ?? ''));
        const outcomes = new Map(
          (await world.inbox.reminders(name, 99)).map(({ dueAt, outcome }) => [dueAt, outcome] as const),
        );
        const nextDue = compileSchedule(schedule);
        for (let due = nextDue(start - LATE_MS); due !== null && due <= from; due = nextDue(due)) {
          const when = new Date(due).toISOString();
          const shared = worked.map(([a, b]) => Math.min(b, due + LATE_MS) - Math.max(a, due));
          const parts = said.get(due)?.length ?? 0;
          // Somebody of the shift before and whoever works beside may have taken it and died: for a minute each it is theirs.
          if (shared.some((ms) => ms >= 4 * MINUTE)) assert.deepEqual([parts, outcomes.get(due)], [2, 'said'], when);
          if (shared.every((ms) => ms < 0)) assert.equal(parts, 0, when);
          said.delete(due);
        }
        assert.equal(said.size, 0, 'what is not due is not said');
      }),
      { numRuns },
    );
  });
}
