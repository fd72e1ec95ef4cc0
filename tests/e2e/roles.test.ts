import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type SlackDouble, startSlackDouble } from '../doubles/slack-double.ts';
import { configure, dataDir, drained, openInbox, records } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { beginInProcess, serverInProcess } from '../support/in-process.ts';
import { issueOpened } from '../support/payloads.ts';
import { type RunningTidings, runTidings, type TidingsProcess } from '../support/tidings-process.ts';

function useSlack(path: string, slack: SlackDouble, perSecond: number): Promise<void> {
  const team = { type: 'slack', webhook_url: slack.webhookUrl(), per_second: perSecond };
  return configure(path, { destinations: { team }, rules: [{ on: { issues: ['opened'] }, to: 'team' }] });
}

async function runWorker(path: string): Promise<TidingsProcess> {
  const worker = await runTidings(['work'], path);
  await worker.printed(/^Tidings/m);
  return worker;
}

/** One more, in this process: what happens to it is not the subject. */
async function workHere(path: string): Promise<RunningTidings> {
  const worker = await beginInProcess(['work'], path);
  await worker.printed(/^Tidings/m);
  return worker;
}

async function send(receiver: RunningTidings, from: number, to: number): Promise<void> {
  for (let n = from; n <= to; n++) assert.equal((await deliver(receiver.url, issueOpened(n))).status, 200);
}

/** `Issue 7` of `mona opened issue #7 in acme/api: Issue 7`, in the order Slack shows them; digests name theirs in blocks. */
function titles(slack: SlackDouble): readonly number[] {
  return slack.messages.flatMap(({ payload }) =>
    [...JSON.stringify(payload.blocks).matchAll(/issues\/(\d+)\|/g)].map(([, n]) => Number(n)),
  );
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const showing = (slack: SlackDouble, count: number) => () => new Set(titles(slack)).size >= count;

describe('receivers and workers apart', { concurrency: true }, () => {
  test('a worker in another process hears of each event as it comes', async (t) => {
    await using dir = await dataDir();
    await using slack = await startSlackDouble({ enforceRate: false });
    await useSlack(dir.path, slack, 0);
    await using receiver = await serverInProcess('receive', dir.path);
    await using _worker = await runWorker(dir.path);
    await send(receiver, 1, 1);
    await slack.waitFor(1);
    const waits: number[] = [];
    for (let n = 2; n <= 21; n++) {
      await send(receiver, n, n);
      const acknowledged = performance.timeOrigin + performance.now();
      await slack.waitFor(n);
      waits.push((slack.messages.at(-1)?.at ?? Number.NaN) - acknowledged);
    }
    const sorted = waits.toSorted((a, b) => a - b);
    const [median = Number.NaN, most = Number.NaN] = [sorted[10], sorted.at(-1)];
    t.diagnostic(`from the 200 to the Slack request: p50 ${median.toFixed(1)} ms, max ${most.toFixed(1)} ms`);
    assert.equal(slack.messages.length, 21);
  });

  test('a worker that is started later tells what was stored', async () => {
    await using dir = await dataDir();
    await using slack = await startSlackDouble();
    await useSlack(dir.path, slack, 1);
    await using receiver = await serverInProcess('receive', dir.path);
    await send(receiver, 1, 15);
    assert.equal(slack.requests, 0);
    await using _worker = await workHere(dir.path);
    await slack.waitFor(showing(slack, 15));
    assert.deepEqual(titles(slack), upTo(15));
  });

  test('three workers at once keep order and pace, and tell nothing twice', async () => {
    await using dir = await dataDir();
    await using slack = await startSlackDouble();
    await useSlack(dir.path, slack, 1);
    await using receiver = await serverInProcess('receive', dir.path);
    await using first = await runWorker(dir.path);
    await using _second = await runWorker(dir.path);
    await using _third = await workHere(dir.path);
    await send(receiver, 1, 8);
    await slack.waitFor(showing(slack, 8));
    // The lanes change hands while events wait.
    await send(receiver, 9, 12);
    assert.equal(await first.stop(), 0);
    await send(receiver, 13, 20);
    await slack.waitFor(showing(slack, 20));
    assert.deepEqual(titles(slack), upTo(20));
    assert.deepEqual(slack.violations, []);
  });

  test('a killed worker’s lanes are taken over', async (t) => {
    await using dir = await dataDir();
    await using slack = await startSlackDouble();
    await useSlack(dir.path, slack, 1);
    await using receiver = await serverInProcess('receive', dir.path);
    const victim = await runWorker(dir.path);
    await send(receiver, 1, 1);
    await slack.waitFor(1);
    await using _heir = await workHere(dir.path);
    const killed = performance.timeOrigin + performance.now();
    await victim.kill();
    await send(receiver, 2, 6);
    await slack.waitFor(showing(slack, 6));
    const tookMs = (slack.messages[1]?.at ?? Number.NaN) - killed;
    t.diagnostic(`from kill -9 to the next message: ${(tookMs / 1000).toFixed(1)} s`);
    assert.deepEqual(titles(slack), upTo(6));
    assert.deepEqual(slack.violations, []);
  });

  test('a worker that sleeps past its lease is fenced off when it wakes', async (t) => {
    await using dir = await dataDir();
    await using slack = await startSlackDouble();
    await useSlack(dir.path, slack, 1);
    await using receiver = await serverInProcess('receive', dir.path);
    await using sleeper = await runWorker(dir.path);
    await send(receiver, 1, 1);
    await slack.waitFor(1);
    await using heir = await workHere(dir.path);
    // It falls asleep while Slack's answer is on its way: that one message is in flight.
    slack.hangNext(new URL(slack.webhookUrl()).pathname);
    await send(receiver, 2, 2);
    await slack.waitFor(2);
    sleeper.child.kill('SIGSTOP');
    await send(receiver, 3, 6);
    await slack.waitFor(showing(slack, 6));
    sleeper.child.kill('SIGCONT');
    await sleeper.printed(/lane lost|another worker holds/);
    await send(receiver, 7, 9);
    await slack.waitFor(showing(slack, 9));
    const told = titles(slack);
    t.diagnostic(`told, in Slack's order: ${told.join(' ')}`);
    assert.deepEqual(
      told.filter((n, index) => told.indexOf(n) !== index),
      [2],
      'only what was in flight is told twice',
    );
    assert.deepEqual([...new Set(told)], upTo(9));
    assert.deepEqual(slack.violations, []);
    for (const worker of [sleeper, heir]) assert.equal(await worker.stop(), 0, worker.output.stderr);

    await using inbox = await openInbox(dir.path);
    await drained(inbox);
    const states = (await records(inbox)).flatMap(({ notifications }) => notifications.map(({ state }) => state));
    assert(
      states.every((state) => state === 'sent' || state === 'merged'),
      states.join(' '),
    );
  });
});
