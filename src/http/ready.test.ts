import assert from 'node:assert/strict';
import { test } from 'node:test';
import { archive, asking } from '../../tests/support/asked-api.ts';
import type { LaneHead } from '../model/inbox/archive.ts';
import { InboxUnavailableError } from '../model/inbox.ts';
import { systemClock } from '../shared/clock.ts';
import type { ApiDeps } from './api-deps.ts';

test('readyz is ready with the details of each check', async () => {
  const worker = () => ({ running: true, lastBeatAt: systemClock.now(), owner: 'me' });
  const answer = await asking({ worker })('/readyz');
  assert.equal(answer.status, 200);
  assert.match(answer.text, /"status":"ready".*sqlite, last event 12.*schema version 3.*last heartbeat 0\.\d s ago/);
  assert.match(answer.text, /"configuration":\{"ok":true,"detail":"3 rules, loaded 2030-01-01T00:00:00\.000Z"\}/);
});

test('readyz stays ready, and says so, when changed settings cannot be used', async () => {
  const answer = await asking({ configuration: () => 'tidings.yaml changed and cannot be used' })('/readyz');
  assert.equal(answer.status, 200);
  assert.match(answer.text, /"status":"ready".*tidings\.yaml changed and cannot be used/);
});

test('readyz is 503 for each thing that is not right, and says which', async () => {
  const now = systemClock.now();
  const broken: readonly [Partial<ApiDeps>, RegExp][] = [
    [
      { archive: archive({ check: () => Promise.reject(new InboxUnavailableError('the disk is full')) }) },
      /disk is full/,
    ],
    [{ schemaVersion: 4 }, /schema version 3, this program needs 4/],
    [{ worker: () => ({ running: false, lastBeatAt: now, owner: 'me' }) }, /stopped/],
    [{ worker: () => ({ running: true, lastBeatAt: null, owner: 'me' }) }, /starting/],
    [{ worker: () => ({ running: true, lastBeatAt: now - 20_000, owner: 'me' }) }, /last heartbeat 20\.0 s ago/],
  ];
  for (const [deps, detail] of broken) {
    const answer = await asking({ clock: { ...systemClock, now: () => now }, ...deps })('/readyz');
    assert.equal(answer.status, 503, answer.text);
    assert.match(answer.text, detail);
  }
});

const HEAD: LaneHead = {
  lane: 'team',
  eventId: 42,
  receivedAt: 0,
  owner: 'me',
  notBefore: 0,
  broken: null,
  held: null,
};

/** `/readyz` at time after time, in ms, of a process whose worker is called `me`. */
async function looks(times: readonly number[], headAt: (at: number) => LaneHead) {
  let at = 0;
  const clock = { ...systemClock, now: () => at, monotonic: () => at };
  const ask = asking({
    clock,
    archive: archive({ heads: async () => [headAt(at)] }),
    worker: () => ({ running: true, lastBeatAt: at, owner: 'me' }),
  });
  const answers: { status: number; lanes: { ok: boolean; detail: string } }[] = [];
  for (at of times) {
    const { status, json } = await ask('/readyz');
    answers.push({ status, lanes: (json as { checks: { lanes: { ok: boolean; detail: string } } }).checks.lanes });
  }
  return answers;
}

test('readyz is 503 when nothing moved for two minutes in a lane that this process holds', async () => {
  const [first, still, stuck] = await looks([0, 119_000, 120_000], () => HEAD);
  assert.deepEqual([first?.status, still?.status, stuck?.status], [200, 200, 503]);
  assert.equal(first?.lanes.detail, 'none is stuck');
  assert.equal(stuck?.lanes.detail, 'team: event 42 has waited 2 min, and nothing moves, though me holds the lane');
});

test('readyz stays ready while a lane moves, pauses, is another process’s or nobody’s; of the last two it tells', async () => {
  const times = [0, 60_000, 120_000, 180_000];
  const last = async (headAt: (at: number) => LaneHead) => (await looks(times, headAt)).at(-1);
  const ok = { status: 200, lanes: { ok: true, detail: 'none is stuck' } };
  assert.deepEqual(await last((at) => ({ ...HEAD, eventId: at })), ok);
  assert.deepEqual(await last((at) => ({ ...HEAD, notBefore: at === 120_000 ? 130_000 : 0 })), ok);
  // Tried again and again: each attempt that ends leaves the pause behind it.
  assert.deepEqual(await last((at) => ({ ...HEAD, notBefore: at - 1 })), ok);
  assert.deepEqual(await last(() => ({ ...HEAD, eventId: null, receivedAt: null })), ok);
  const theirs = await last(() => ({ ...HEAD, owner: 'somebody' }));
  assert.match(`${theirs?.status} ${theirs?.lanes.detail}`, /^200 team: event 42 .* somebody holds the lane$/);
  const nobodys = await last(() => ({ ...HEAD, owner: null }));
  assert.match(`${nobodys?.status} ${nobodys?.lanes.detail}`, /^200 team: event 42 has waited 3 min, and no worker/);
});

test('a lane paused until a time that no pause reaches is not paused: a clock that ran ahead said so', async () => {
  const answers = await looks([0, 120_000], () => ({ ...HEAD, notBefore: 86_400_000 }));
  assert.equal(answers.at(-1)?.status, 503);
});

test('readyz says what nobody got, with the command that tells it again, and stays ready', async () => {
  const untold = async () => [
    { destination: 'team', fate: 'dead', count: 1 } as const,
    { destination: 'audit', fate: 'unknown', count: 1_000 } as const,
  ];
  const answer = await asking({ archive: archive({ untold }) })('/readyz');
  assert.equal(answer.status, 200);
  assert.deepEqual((answer.json as { checks: Record<string, unknown> }).checks['messages'], {
    ok: true,
    detail:
      '1 message was given up: 1 to team (to send again: tidings replay --state dead); 1,000 or more messages may not have arrived, the answer was lost: 1000 to audit (to send again: tidings replay --state unknown)',
  });
});

test('readyz does not wait for a database that hangs', async () => {
  const clock = { ...systemClock, after: (_ms: number, fire: () => void) => (setImmediate(fire), () => undefined) };
  const answer = await asking({ clock, archive: archive({ check: () => new Promise(() => undefined) }) })('/readyz');
  assert.equal(answer.status, 503);
  assert.match(answer.text, /no answer within 2 s/);
});

test('readyz stays ready where nothing can arrive, however long, and says since when, why and what to do', async () => {
  const broken = { at: 0, reason: 'the webhook was removed.' };
  const last = (await looks([0, 120_000, 240_000], () => ({ ...HEAD, broken }))).at(-1);
  assert.equal(last?.status, 200);
  assert.match(
    last.lanes.detail,
    /^team: nothing can arrive since 1970-01-01T00:00:00\.000Z: the webhook was removed \(once mended: \S.* resume team\)$/,
  );
});
