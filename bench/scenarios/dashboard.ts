import { setTimeout } from 'node:timers/promises';
import { startSlackDouble } from '../../tests/doubles/slack-double.ts';
import { ask, firstLoad, openStream, residentMb } from '../dashboard/asking.ts';
import { pageTimes } from '../dashboard/pages.ts';
import { freshRequests } from '../deliveries.ts';
import { assertAll200, openLoop } from '../load.ts';
import type { Bench, Measure, Scenario } from '../measure.ts';
import { startTidings } from '../process.ts';
import { median, percentile } from '../stats.ts';

const RATE = 500;
const SECONDS = 8;
const PAGES = 10;
/** After the start: what it loads behind its first answer is there. */
const SETTLE_MS = 5_000;

/** What the dashboard costs: its pages, and those who send while ten of them are open. */
export const dashboard: Scenario = async (bench) => {
  const { inDataDir, isFull } = bench;
  const where = isFull ? 'many stored' : 'empty';
  const [pages, weight, memory] = await inDataDir(async (dataDir) => {
    await using server = await startTidings('start', dataDir);
    await setTimeout(SETTLE_MS);
    const idle = residentMb(server.child.pid ?? 0);
    const weight = await firstLoad(server.url);
    const closing: (() => void)[] = [];
    for (let n = 0; n < PAGES; n++) {
      await ask(`${server.url}/`);
      closing.push(await openStream(server.url));
    }
    await setTimeout(SETTLE_MS);
    const open = residentMb(server.child.pid ?? 0);
    const times = await pageTimes(server.url, where);
    for (const close of closing) close();
    return [times, weight, { idle, open }] as const;
  });
  return [
    { name: 'first load of the Inbox, over the wire', value: weight / 1_000, unit: 'kB', bar: { atMost: 100 } },
    ...pages,
    { name: 'resident memory (PSS), nobody looked', value: memory.idle, unit: 'MB', bar: { atMost: 120 } },
    { name: `resident memory (PSS), ${PAGES} pages open`, value: memory.open, unit: 'MB', bar: { atMost: 160 } },
    ...(await acknowledgements(bench)),
  ];
};

/** The same load with and without open pages, in turn: what the machine does besides is in both. */
async function acknowledgements({ inDataDir, rounds }: Bench): Promise<Measure[]> {
  const ratios: number[] = [];
  const alone: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const [without, withPages] = await inDataDir(async (dataDir) => {
      await using slack = await startSlackDouble();
      await using server = await startTidings('start', dataDir, { SLACK_WEBHOOK_URL: slack.webhookUrl() });
      assertAll200(await openLoop(server.port, freshRequests(RATE, 'issues.opened'), RATE));
      const before = await p99(server.port);
      await ask(`${server.url}/`);
      const closing = await Promise.all(Array.from({ length: PAGES }, () => openStream(server.url)));
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
