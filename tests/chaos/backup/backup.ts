import { setTimeout } from 'node:timers/promises';
import { type EndpointDouble, startEndpointDouble } from '../../doubles/endpoint-double.ts';
import { type SlackDouble, startSlackDouble } from '../../doubles/slack-double.ts';
import type { Account } from '../../support/account.ts';
import { drained, records } from '../../support/data-dir.ts';
import { issueOpened } from '../../support/payloads.ts';
import { type Senders, startSenders } from '../../support/senders.ts';
import { runTidings } from '../../support/tidings-process.ts';
import { type Fleet, startFleet } from '../fleet.ts';
import { acknowledgedAgain, configureAll, type Result, type Terms } from '../scenario.ts';
import type { Store } from '../store.ts';
import { type Comparison, compare } from './compare.ts';
import { type Copy, copyOf } from './copies.ts';

const SIZE = { receivers: 1, workers: 2 };
/** So much before the copy, between it and the end, and after it is restored. */
const DELIVERIES = 30;
/** Slow enough that something waits at most moments; Slack's pace is slower still. */
const THINK_MS = 15;
const PAUSE_MS = 60;

interface Stage {
  readonly endpoint: EndpointDouble;
  readonly slack: SlackDouble;
  readonly terms: Terms;
}

/**
 * A copy taken under load, everything killed a moment later, the copy restored and started: on what was restored the next round
 * takes its copy. Every other one is held before (`tidings hold`), the others start as they are.
 */
export async function runBackup(store: Store, terms: Terms): Promise<Result> {
  await using endpoint = await startEndpointDouble({ thinkMs: THINK_MS });
  await using slack = await startSlackDouble({ closing: true });
  const all: Comparison[] = [];
  const faults: string[] = [];
  const ways = new Map<string, number>();
  const counts = { sent: 0, acknowledged: 0 };
  let current = store;
  try {
    for (let round = 0; round < terms.rounds; round++) {
      const done = await oneRound({ endpoint, slack, terms }, current, round);
      if (current !== store) await current[Symbol.asyncDispose]();
      current = done.restored;
      all.push(done.comparison);
      faults.push(...[...done.comparison.faults, ...done.faults].map((fault) => `round ${round + 1}: ${fault}`));
      ways.set(done.way, (ways.get(done.way) ?? 0) + 1);
      for (const key of ['sent', 'acknowledged'] as const) counts[key] += done[key];
      process.stderr.write(`  ${round + 1} of ${terms.rounds} restored\n`);
    }
  } finally {
    if (current !== store) await current[Symbol.asyncDispose]();
  }
  const again = sum(all, ({ again }) => again);
  const lost = all.flatMap(({ lost }) => lost);
  const account: Account = {
    ...counts,
    stored: counts.acknowledged - lost.length,
    announced: counts.acknowledged - lost.length,
    lost,
    toldTwice: new Map(again === 0 ? [] : [['it waited in the copy', again]]),
    faults,
  };
  const held = all.filter((_, round) => isHeldIn(round)).length;
  const words = [...ways].map(([way, times]) => `${times} × ${way}`).join(', ');
  const happened = `${all.length} restored (${words}), ${held} of them held, ${sum(all, ({ reused }) => reused)} ids given twice by the others`;
  const tooFast = slack.violations.map(({ path, rule, why }) => `${path}: ${rule}, ${why}`);
  return { happened, account, slowestMs: 0, faults: [...lost, ...faults, ...tooFast] };
}

const isHeldIn = (round: number) => round % 4 < 2;

async function oneRound(stage: Stage, from: Store, round: number) {
  const isHeld = isHeldIn(round);
  const { acknowledged, copy, sent, faults } = await untilKilled(stage, from, round);
  const restored = await copy.restore();
  const before = await recordsOf(restored);
  const heard = [...stage.endpoint.told];
  await configureAll(restored, { audit: stage.endpoint.url, slack: stage.slack.url }, true);
  if (isHeld) faults.push(...(await hold(restored)));
  const after = await untilTold(restored, round);
  const comparison = compare({
    isHeld,
    acknowledged,
    fresh: after.sent.filter((each) => each.acknowledged !== null),
    lost: await recordsOf(from),
    copy: before,
    after: await recordsOf(restored),
    heard,
    heardAfter: stage.endpoint.told.slice(heard.length),
  });
  return {
    restored,
    comparison,
    way: copy.way,
    faults: [...faults, ...after.faults],
    sent: sent + after.sent.length,
    acknowledged: acknowledged.length + after.sent.filter((each) => each.acknowledged !== null).length,
  };
}

async function untilKilled({ endpoint, slack }: Stage, store: Store, round: number) {
  await configureAll(store, { audit: endpoint.url, slack: slack.url }, true);
  await using fleet = await startFleet(store.dataDir, { env: () => store.env }, SIZE);
  const senders = sendersTo(fleet, 2 * round);
  await acknowledgedAgain({ senders }, DELIVERIES);
  const acknowledged = senders.sent.filter((each) => each.acknowledged !== null);
  const copy: Copy = await copyOf(store, round);
  await acknowledgedAgain({ senders }, DELIVERIES);
  await fleet.end();
  await senders.stop();
  return { acknowledged, copy, sent: senders.sent.length, faults: [...fleet.faults] };
}

async function untilTold(store: Store, round: number) {
  await using fleet = await startFleet(store.dataDir, { env: () => store.env }, SIZE);
  const senders = sendersTo(fleet, 2 * round + 1);
  await acknowledgedAgain({ senders }, DELIVERIES);
  await senders.stop();
  await using inbox = await store.open();
  await drained(inbox);
  await fleet.stop();
  return { sent: senders.sent, faults: [...fleet.faults] };
}

function sendersTo({ receivers }: Fleet, part: number): Senders {
  const url = () => receivers[0]?.url ?? '';
  return startSenders(
    3,
    url,
    () => setTimeout(2 * PAUSE_MS * Math.random()),
    (n) => issueOpened(part * 1_000_000 + n),
  );
}

async function hold(store: Store): Promise<string[]> {
  await using held = await runTidings(['hold'], store.dataDir, store.env);
  const code = await held.ended;
  return code === 0 ? [] : [`hold ended with ${code}: ${held.output.stderr}`];
}

async function recordsOf(store: Store) {
  await using inbox = await store.open();
  return await records(inbox);
}

function sum<T>(all: readonly T[], of: (each: T) => number): number {
  return all.reduce((total, each) => total + of(each), 0);
}
