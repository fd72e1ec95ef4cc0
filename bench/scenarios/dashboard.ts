import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { startSlackDouble } from '../../tests/doubles/slack-double.ts';
import { firstLoad, residentMb } from '../dashboard/asking.ts';
import { openPage } from '../dashboard/open-pages.ts';
import { pageTimes } from '../dashboard/pages.ts';
import { firstPaint } from '../dashboard/paint.ts';
import { SQLITE_TROUBLE } from '../dashboard/trouble.ts';
import { databaseIn } from '../data-dir.ts';
import { freshRequests } from '../deliveries.ts';
import { assertAll200, closedLoop, openLoop } from '../load.ts';
import type { Bench, Measure, Scenario } from '../measure.ts';
import { startTidings } from '../process.ts';
import { median, percentile } from '../stats.ts';

const RATE = 500;
const SECONDS = 8;
const PAGES = 10;
/** A page full, and some. */
const SHOWN = 120;
/** After the start: what it loads behind its first answer is there. */
const SETTLE_MS = 5_000;

/** What the dashboard costs: its pages, and those who send while ten of them are open. */
export const dashboard: Scenario = async (bench) => {
  const { inDataDir, isFull } = bench;
  const where = isFull ? 'many stored' : 'few stored';
  const memory = await inDataDir(residents);
  const [pages, weight] = await inDataDir(async (dataDir) => {
    if (isFull) addTrouble(dataDir);
    await using server = await startTidings('start', dataDir);
    if (!isFull) assertAll200(await closedLoop(server.port, freshRequests(SHOWN, 'issues.opened'), 4));
    const weight = await firstLoad(server.url);
    return [[...(await pageTimes(server.url, where)), ...(await firstPaint(server.url, where))], weight] as const;
  });
  return [
    { name: 'first load of the Inbox, over the wire', value: weight / 1_000, unit: 'kB', bar: { atMost: 100 } },
    ...pages,
    ...memory,
    ...(await acknowledgements(bench)),
  ];
};

function addTrouble(dataDir: string): void {
  const db = new DatabaseSync(databaseIn(dataDir));
  db.exec(SQLITE_TROUBLE);
  db.close();
}

/** Of a process of its own, of which nothing else was asked. */
async function residents(dataDir: string): Promise<Measure[]> {
  await using server = await startTidings('start', dataDir);
  const pid = server.child.pid ?? 0;
  await setTimeout(SETTLE_MS);
  const idle = residentMb(pid);
  const closing: (() => void)[] = [];
  for (let n = 0; n < PAGES; n++) closing.push(await openPage(server.url));
  await setTimeout(SETTLE_MS);
  const open = residentMb(pid);
  for (const close of closing) close();
  return [
    { name: 'resident memory (PSS), nobody looked', value: idle, unit: 'MB', bar: { atMost: 120 } },
    { name: `resident memory (PSS), ${PAGES} pages open`, value: open, unit: 'MB', bar: { atMost: 160 } },
  ];
}

/** The same load without and with open pages, in turn: what the machine does besides is in both. */
async function acknowledgements({ inDataDir, rounds }: Bench): Promise<Measure[]> {
  const ratios: number[] = [];
  const alone: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const [without, withPages] = await inDataDir(async (dataDir) => {
      await using slack = await startSlackDouble();
      await using server = await startTidings('start', dataDir, { SLACK_WEBHOOK_URL: slack.webhookUrl() });
      assertAll200(await openLoop(server.port, freshRequests(RATE, 'issues.opened'), RATE));
      // What the first visit loads is no page that is open.
      const closeFirst = await openPage(server.url);
      closeFirst();
      const before = await p99(server.port);
      const closing = await Promise.all(Array.from({ length: PAGES }, () => openPage(server.url)));
      const during = await p99(server.port);
      for (const close of closing) close();
      const after = await p99(server.port);
      return [(before + after) / 2, during];
    });
    ratios.push(withPages / without);
    alone.push(without);
  }
  return [
    { name: 'acknowledgement at 500/s, no page open, p99', value: median(alone), unit: 'ms' },
    { name: `the same with ${PAGES} pages open, as a ratio`, value: median(ratios), unit: '×', bar: { atMost: 1.1 } },
  ];
}

async function p99(port: number): Promise<number> {
  const result = await openLoop(port, freshRequests(RATE * SECONDS, 'issues.opened'), RATE);
  assertAll200(result);
  return percentile(result.latenciesMs, 0.99);
}
