import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type SlackApiDouble, startSlackApi } from '../../tests/doubles/slack-api.ts';
import { githubLife, type Life, type Lived } from '../../tests/fixtures/github-life.ts';
import { requestBytes } from '../deliveries.ts';
import { assertAll200, closedLoop, openLoop } from '../load.ts';
import type { Scenario } from '../measure.ts';
import { startTidings } from '../process.ts';
import { median, percentile } from '../stats.ts';

const CHANNELS = 5;
const CARDS = 50;
const CHANGES = 500;
const SECONDS = 10;
const MINUTE_MS = 60_000;

const FIRSTS = 200;
const WARM_UP = 20;
/** Below the pace: nothing waits for what came before. */
const BETWEEN_MS = 60;
const PER_SECOND = 20;

let next = 1_000;

/** One bot: a channel for each repository, all with cards. What happens is told, or only `opened`. */
function configured(
  dataDir: string,
  slack: SlackApiDouble,
  perSecond: number,
  isTold: boolean,
): Record<string, string> {
  const file = join(dataDir, 'bench.yaml');
  const lines = Array.from({ length: CHANNELS }, (_, n) => ({
    rule: `  - { on: { pull_request: [opened${isTold ? ', labeled' : ''}] }, repos: [acme/r${n}], to: c${n} }`,
    to: `  c${n}: { type: slack, token: ${slack.token}, channel: "#c${n}", card: true, per_second: ${perSecond} }`,
  }));
  const [rules, to] = [lines.map(({ rule }) => rule), lines.map((each) => each.to)];
  writeFileSync(file, `rules:\n${rules.join('\n')}\ndestinations:\n${to.join('\n')}\n`);
  return { TIDINGS_CONFIG: file, SLACK_API_URL: slack.url };
}

const channels = Array.from({ length: CHANNELS }, (_, n) => ({ id: `C000000${n}`, name: `c${n}` }));

function request({ type, payload }: Lived): Buffer {
  return requestBytes('/webhooks/github', type, Buffer.from(JSON.stringify(payload)));
}

/** A pull request that was opened; later steps of it are made by `labelled`. */
function opened(n: number): Life {
  return githubLife(n, 0, { repo: `Acme/R${n % CHANNELS}`, number: next++ });
}

/** Its label of that name, a second after the one before. */
function labelled({ events }: Life, n: number): Lived {
  const [, event] = events;
  const payload = structuredClone(event?.payload ?? {});
  const [topic, label] = [payload['pull_request'] as Record<string, unknown>, { name: `change-${n}` }];
  const updated_at = new Date(Date.UTC(2026, 1, 1) + n * 1_000).toISOString();
  return {
    type: 'pull_request',
    payload: { ...payload, label, pull_request: { ...topic, updated_at, labels: [label] } },
  };
}

/** The most in any minute. */
function mostInAMinute(times: readonly number[]): number {
  return Math.max(0, ...times.map((begin) => times.filter((at) => at >= begin && at < begin + MINUTE_MS).length));
}

/** From the first of 500 changes in ten seconds until every card shows its last one, by Slack's own limits. */
async function burst(dataDir: string, isTold: boolean) {
  await using slack = await startSlackApi({ channels });
  await using server = await startTidings('start', dataDir, configured(dataDir, slack, 1, isTold));
  const lives = Array.from({ length: CARDS }, (_, n) => opened(n));
  const openings = lives.flatMap(({ events: [event] }) => (event ? [request(event)] : []));
  assertAll200(await closedLoop(server.port, openings, 4));
  const cards = () => slack.workspace.messages.all.filter(({ threadTs }) => threadTs === null);
  await slack.until(() => slack.messages.length >= 2 * CARDS, 2 * MINUTE_MS);
  await setTimeout(2_000);

  const changes = Array.from({ length: CHANGES }, (_, n) => ({ n, life: lives[(n * 7) % CARDS] }));
  const last = new Map(changes.map(({ n, life }) => [life?.number, n]));
  const began = performance.timeOrigin + performance.now();
  const requests = changes.flatMap(({ n, life }) => (life ? [request(labelled(life, n))] : []));
  assertAll200(await openLoop(server.port, requests, CHANGES / SECONDS));
  const areRight = () =>
    cards().every(({ blocks }) => {
      const text = JSON.stringify(blocks);
      return text.includes(`change-${last.get(Number(/pull\/(\d+)/.exec(text)?.[1]))}`);
    });
  await slack.until(areRight, 5 * MINUTE_MS);
  const ms = performance.timeOrigin + performance.now() - began;
  const calls = slack.log.filter(({ at }) => at >= began);
  const edits = calls.filter(({ method }) => method === 'chat.update').map(({ at }) => at);
  if (slack.violations.length > 0) throw new Error(slack.violations.join('\n'));
  if (cards().length !== CARDS) throw new Error(`${cards().length} cards`);
  return { seconds: ms / 1000, edits: mostInAMinute(edits), limited: slack.limited.length };
}

/** From the moment an event is sent to the moment its card, new, is asked for; ms. */
async function firsts(dataDir: string): Promise<readonly number[]> {
  await using slack = await startSlackApi({ channels, intervalMs: 0 });
  await using server = await startTidings('start', dataDir, configured(dataDir, slack, PER_SECOND, true));
  const delays: number[] = [];
  for (let n = 0; n < FIRSTS + WARM_UP; n++) {
    const [event] = opened(n).events;
    const before = slack.messages.length;
    const began = performance.timeOrigin + performance.now();
    if (event) assertAll200(await closedLoop(server.port, [request(event)], 1));
    await slack.waitFor(before + 2);
    delays.push((slack.messages[before]?.at ?? Number.NaN) - began);
    await setTimeout(BETWEEN_MS);
  }
  return delays.slice(WARM_UP);
}

/** How soon a card stands, and how soon many are right again: with a Slack that keeps its limits. */
export const cards: Scenario = async ({ inDataDir, rounds }) => {
  const figures: { [name: string]: number[] } = { p50: [], p99: [] };
  const add = (name: string, value: number) => void (figures[name] ??= []).push(value);
  for (let round = 0; round < rounds; round++) {
    const late = await inDataDir(firsts);
    add('p50', percentile(late, 0.5));
    add('p99', percentile(late, 0.99));
  }
  // Minutes each, of which Slack's limits are nearly all: once.
  for (const isTold of [false, true]) {
    const { seconds, edits, limited } = await inDataDir((dataDir) => burst(dataDir, isTold));
    add(`seconds ${isTold}`, seconds);
    add(`edits ${isTold}`, edits);
    add('limited', limited);
  }
  const of = (name: string) => median(figures[name] ?? []);
  return [
    { name: 'event received → new card, p50', value: of('p50'), unit: 'ms', bar: { atMost: 15 } },
    { name: 'event received → new card, p99', value: of('p99'), unit: 'ms' },
    ...[false, true].flatMap((isTold) => {
      const how = `500 changes on 50 cards${isTold ? ', each told below' : ''}`;
      return [
        { name: `${how}: all right after`, value: of(`seconds ${isTold}`), unit: 's', bar: { atMost: 90 } },
        { name: `${how}: edits a minute`, value: of(`edits ${isTold}`), unit: 'calls', bar: { atMost: 60 } },
      ];
    }),
    {
      name: 'calls that came too early',
      value: Math.max(...(figures['limited'] ?? [])),
      unit: 'calls',
      bar: { atMost: 0 },
    },
  ];
};
