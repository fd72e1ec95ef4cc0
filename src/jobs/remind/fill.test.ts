import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aReminder, aWaitingPull } from '../../../tests/fixtures/reminders.ts';
import { aRule } from '../../../tests/fixtures/rules.ts';
import type { Inbox } from '../../model/inbox.ts';
import type { Answer, OpenSubjects } from '../../model/inquiry.ts';
import type { Heard, Known } from '../../model/known/card.ts';
import { UNCOUNTED } from '../../model/telemetry.ts';
import type { Clock } from '../../shared/clock.ts';
import { createLog } from '../../shared/log.ts';
import { OwnedLane } from '../owned-lane.ts';
import { DEFAULT_TIMING } from '../timing.ts';
import { runFilling } from './fill.ts';

const HOUR = 3_600_000;
const BEGIN = Date.UTC(2026, 0, 15);
const DONE: Answer<readonly Known[]> = {
  ok: true,
  value: [{ thread: 'acme/api#12', facts: [{ name: 'state', value: 'open', at: 7 }] }],
};
const refused = (mayPass: boolean): Answer<never> => ({ ok: false, reason: 'GitHub said no', mayPass });

/** Each wait is over at once, and that much later. */
function setting(repos: readonly string[]) {
  let now = BEGIN;
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    after(ms, fire) {
      const soon = setImmediate(() => {
        now += Math.max(0, ms);
        fire();
      });
      return () => clearImmediate(soon);
    },
  };
  const cursors = new Map<string, string>();
  const learned: Heard[] = [];
  const lines: string[] = [];
  const asked: string[] = [];
  const subjects = [aWaitingPull(12, 0), { ...aWaitingPull(3, 0), thread: 'gitlab acme/web!3' }];
  const inbox = {
    subjectsAfter: async (after: string) => (after === '' ? subjects : []),
    recall: async (name: string) => cursors.get(name) ?? null,
    remember: async (name: string, value: string) => void cursors.set(name, value),
    learn: async (heard: readonly Heard[]) => void learned.push(...heard),
  } as Partial<Inbox> as Inbox;
  const rule = aRule('reminder team', { pull_request: {} }, { repos });

  /** Works for so long; `answers`: each of them once, then the last. */
  async function works(ms: number, answers: readonly Answer<readonly Known[]>[]): Promise<void> {
    const stopping = new AbortController();
    const until = now + ms;
    const left = [...answers];
    const github: OpenSubjects = {
      repoOf: (thread) => /^([\w-]+\/[\w-]+)#/.exec(thread)?.[1] ?? null,
      ask: async (repo) => {
        asked.push(`${repo} after ${(now - BEGIN) / HOUR} h`);
        return (left.length > 1 ? left.shift() : left[0]) ?? assert.fail();
      },
    };
    const lease = { lane: 'remind', owner: 'one', epoch: 1, notBefore: 0, failures: 0, broken: null, held: null };
    const owned = new OwnedLane(lease, clock, stopping.signal);
    const shutdown = { stopping: stopping.signal, aborting: stopping.signal, quitting: new AbortController().signal };
    const log = createLog('info', { write: (line) => void lines.push(JSON.parse(line).msg) });
    const timing = DEFAULT_TIMING;
    const context = { inbox, telemetry: UNCOUNTED, clock, random: () => 0, log, timing, shutdown };
    const watched = { ...context, clock: { ...clock, after: stopsAt } };
    function stopsAt(wait: number, fire: () => void) {
      if (now + wait <= until) return clock.after(wait, fire);
      now = until;
      setImmediate(() => stopping.abort());
      return () => undefined;
    }
    await runFilling(
      { context: watched, reminders: [aReminder({ rule })], open: new Map([['github', github]]) },
      owned,
    );
  }
  return { works, asked, learned, lines, cursors };
}

test('each repository that a reminder names, or of which something is known, is asked about once, and again after a week', async () => {
  const here = setting(['Acme/Jobs', 'acme/*', '!acme/old']);
  await here.works(24 * HOUR, [DONE]);
  assert.deepEqual(here.asked, ['acme/jobs after 0 h', 'acme/api after 0 h']);
  assert.deepEqual(here.learned[0], {
    thread: 'acme/api#12',
    facts: { state: { value: 'open', at: 7, eventId: 0 } },
  });
  await here.works(5 * 24 * HOUR, [DONE]);
  assert.equal(here.asked.length, 2);
  await here.works(2 * 24 * HOUR, [DONE]);
  assert.deepEqual(here.asked.slice(2), ['acme/jobs after 168 h', 'acme/api after 168 h']);
  assert.doesNotMatch([...here.cursors.keys()].join(), /acme/);
});

test('what may pass is asked again, later and later; meanwhile nothing else is asked of that provider', async () => {
  const here = setting(['acme/jobs']);
  await here.works(HOUR, [refused(true), refused(true), DONE]);
  assert.deepEqual(
    here.asked.map((each) => each.replace(/(\.\d\d)\d+/, '$1')),
    ['acme/jobs after 0 h', 'acme/jobs after 0.16 h', 'acme/jobs after 0.5 h', 'acme/api after 0.5 h'],
  );
  assert.match(here.lines[0] ?? '', /acme\/jobs since before its first event: GitHub said no; asking again in 10 min$/);
});

test('what will not pass is asked again a day later, and keeps no other from being asked', async () => {
  const here = setting(['acme/jobs']);
  await here.works(25 * HOUR, [refused(false), DONE]);
  assert.deepEqual(here.asked, ['acme/jobs after 0 h', 'acme/api after 0 h', 'acme/jobs after 24 h']);
});

test('where nobody can be asked, that is said once', async () => {
  const here = setting([]);
  const stopping = new AbortController().signal;
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(JSON.parse(line).msg) });
  await runFilling(
    { context: { log }, reminders: [], open: new Map() } as never,
    new OwnedLane({} as never, {} as never, stopping),
  );
  assert.deepEqual([lines.length, here.asked], [1, []]);
});
