import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { EventId } from '../../src/model/event.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import type { Notification } from '../../src/model/notification.ts';
import { createRoute } from '../../src/route/route.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { githubSource } from '../../src/sources/github/github-source.ts';
import { sample } from '../../src/sources/github/samples/sample.ts';
import { describe } from '../../src/text/describe.ts';
import { aRule } from '../fixtures/rules.ts';
import { type Double, notificationsOf, SENT, Workshop } from './workshop.ts';

const SOURCES = new Map([['github', githubSource({ name: 'github', secrets: [] })]]);
/** Short, so that what is due is looked for often. */
const TIMING = { pollMs: 10 };
const STARS = 7;
const HOUR_MS = 3_600_000;

/** A sample of GitHub's, changed. */
async function feed(
  inbox: Inbox,
  name: string,
  receivedAt: number,
  change: (payload: Record<string, unknown>) => void,
): Promise<EventId> {
  const made = sample(name, { n: 1, now: receivedAt });
  assert.ok(made);
  const payload = structuredClone(made.payload);
  change(payload);
  const guid = randomUUID();
  const { id } = await inbox.append({
    origin: 'webhook',
    source: 'github',
    deliveryId: guid,
    guid,
    type: made.type,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ ...payload, nonce: guid })),
    receivedAt,
    secretNo: 1,
  });
  return id;
}

function told({ sends }: Double): readonly Notification[] {
  return sends.flatMap(({ message }) => (message.kind === 'single' ? [message.notification] : message.notifications));
}

const labelled =
  (...names: readonly string[]) =>
  (payload: Record<string, unknown>) => {
    const issue = payload['issue'] as Record<string, unknown>;
    issue['number'] = 41;
    issue['labels'] = names.map((name) => ({ name }));
  };

test('a label added right after opening counts: the event settles, learns of it, and is decided then', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const team = shop.destination('team');
  const bugs = aRule('news', { issues: { types: ['opened'], 'labels.any': ['bug'] } }, { settleMs: 300 });
  const opened = await feed(inbox, 'issues.opened', shop.clock.now(), labelled());
  await feed(inbox, 'issues.labeled', shop.clock.now(), labelled('bug'));
  const other = await feed(inbox, 'issues.opened', shop.clock.now(), labelled('question'));
  shop.worker(inbox, [team], { sources: SOURCES, route: createRoute([bugs]), timing: TIMING });
  await shop.settled(1);
  assert.deepEqual(told(team)[0]?.activity.facets.labels, ['bug']);
  const record = await inbox.show(opened);
  assert.equal(record?.state, 'routed');
  assert.ok((record?.expandedAt ?? 0) - (record?.receivedAt ?? 0) >= 300);
  await shop.until(() => shop.lines.filter(({ event, state }) => event === other && state === 'skipped').length === 1);
});

test('a worker killed while an event settles loses nothing: the next one decides it', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const bugs = aRule('news', { issues: { types: ['opened'], 'labels.any': ['bug'] } }, { settleMs: 200 });
  const options = { sources: SOURCES, route: createRoute([bugs]), timing: TIMING };
  const id = await feed(inbox, 'issues.opened', shop.clock.now(), labelled('bug'));
  const first = shop.worker(inbox, [], options);
  await shop.until(() => shop.lines.some(({ event, state }) => event === id && state === 'pending'));
  await first.stop({ abortAfterMs: 0 });
  const team = shop.destination('team');
  shop.worker(inbox, [team], options);
  await shop.settled(1);
  assert.equal(told(team).length, 1);
});

test('what is told in quiet hours is held, survives a restart, and comes as one digest when they end', async (t) => {
  let slept = 0;
  const shop = await Workshop.open(t, { ...systemClock, now: () => systemClock.now() + slept });
  const now = shop.clock.now();
  const minute = (new Date(now).getUTCHours() * 60 + new Date(now).getUTCMinutes() + 1_437) % 1_440;
  const quiet = { hours: [{ from: minute, to: (minute + 60) % 1_440 }], days: [], zone: 'UTC' };
  const route = createRoute([aRule('news', { star: {} }, { quiet })]);
  const inbox = await shop.inbox();
  const ids = await Promise.all(
    Array.from({ length: STARS }, (_, n) =>
      feed(inbox, 'star.created', now, (payload) => void (payload['sender'] = { login: `fan-${n}` })),
    ),
  );
  const first = shop.worker(inbox, [shop.destination('team')], { sources: SOURCES, route, timing: TIMING });
  await shop.until(() => shop.lines.filter(({ state }) => state === 'routed').length === ids.length);
  const held = await notificationsOf(inbox, ids);
  const ends = held[0]?.notBefore ?? 0;
  assert.ok(ends > now && ends <= now + HOUR_MS);
  assert.deepEqual([...new Set(held.map(({ state, notBefore }) => `${state} ${notBefore}`))], [`queued ${ends}`]);
  await first.stop();

  slept = ends - now;

  const team = shop.destination('team', () => SENT, { digestOver: 2 });
  shop.worker(inbox, [team], { sources: SOURCES, route, timing: TIMING });
  await shop.settled(1);
  assert.deepEqual([team.sends.length, told(team).length], [1, STARS]);
  assert.ok((team.sends[0]?.startedAt ?? 0) >= ends);
});

test('results are compared with what is stored, by branch, also after a restart', async (t) => {
  const shop = await Workshop.open(t);
  const inbox = await shop.inbox();
  const changes = aRule('news', { workflow_run: { branches: ['main'], transition: ['broke', 'fixed'] } });
  const options = { sources: SOURCES, route: createRoute([changes]), timing: TIMING };
  let run = 0;
  const ran = (conclusion: string, branch = 'main') => {
    run++;
    return feed(inbox, 'workflow_run.completed', shop.clock.now() + run, (payload) => {
      Object.assign(payload['workflow_run'] as object, { id: run, run_number: run, conclusion, head_branch: branch });
    });
  };
  await ran('success');
  await ran('failure', 'spike');
  await ran('failure');
  await ran('failure');
  const first = shop.destination('team');
  const worker = shop.worker(inbox, [first], options);
  await shop.settled(1);
  const fourth = 4;
  await shop.until(() => shop.lines.some(({ event, state }) => event === fourth && state === 'skipped'));
  await worker.stop();
  assert.deepEqual(
    told(first).map(({ transition, activity }) => [transition, activity.said.headline]),
    [['broke', 'Workflow broke']],
  );

  await ran('cancelled');
  await ran('success');
  await ran('success');
  const second = shop.destination('team');
  shop.worker(inbox, [second], options);
  await shop.settled(2);
  await shop.until(() => shop.lines.some(({ event, state }) => event === run && state === 'skipped'));
  assert.deepEqual(
    told(second).map(({ transition, activity }) => [transition, activity.said.headline]),
    [['fixed', 'Workflow fixed']],
  );
});

test('pushes to a draft within a minute are one message, also when the worker ends meanwhile', async (t) => {
  let passed = 0;
  const shop = await Workshop.open(t, { ...systemClock, now: () => systemClock.now() + passed });
  const inbox = await shop.inbox();
  const route = createRoute([aRule('pushes', { pull_request: { types: ['synchronize'] } })]);
  const options = { sources: SOURCES, route, timing: TIMING };
  const team = () => shop.destination('team', () => SENT, { digestOver: 2, describe });
  const push = async (receivedAt: number, sender = 'mona') =>
    feed(inbox, 'pull_request.opened', receivedAt, (payload) => {
      Object.assign(payload['pull_request'] as object, {
        number: 12,
        title: 'Retry uploads',
        draft: true,
        user: { login: 'mona' },
      });
      Object.assign(payload, { action: 'synchronize', sender: { login: sender } });
    });
  const decided = (id: EventId, wanted: string) =>
    shop.until(() => shop.lines.some(({ event, state }) => event === id && state === wanted));

  const now = shop.clock.now();
  const ids = [await push(now - 3_000), await push(now - 2_000)];
  const other = await push(now - 1_000, 'hubot');
  const first = shop.worker(inbox, [team()], options);
  await decided(other, 'pending');
  await first.stop();
  ids.push(await push(now));
  const settles = await Promise.all(ids.map(async (id) => (await inbox.show(id))?.settlesAt));
  assert.deepEqual(settles, [now + 57_000, now + 57_000, null]);

  passed = 61_000;
  const second = team();
  shop.worker(inbox, [second], options);
  await shop.settled(2);
  assert.deepEqual(
    second.sends.map(({ message }) => describe(message)),
    [
      'mona pushed to pull request #12 three times in acme/api: Retry uploads',
      "hubot pushed to mona's pull request #12 in acme/api: Retry uploads",
    ],
  );
  const [lead, ...others] = await notificationsOf(inbox, ids);
  assert.deepEqual([lead?.state, lead?.attempts.map(({ size }) => size)], ['sent', [3]]);
  assert.deepEqual(
    others.map(({ state, mergedInto }) => [state, mergedInto]),
    others.map(() => ['merged', lead?.id]),
  );
});
