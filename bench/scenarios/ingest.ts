import { statSync } from 'node:fs';
import { databaseIn } from '../data-dir.ts';
import { freshRequests } from '../deliveries.ts';
import { assertAll200, closedLoop } from '../load.ts';
import type { Scenario } from '../measure.ts';
import { startNoop, startTidings } from '../process.ts';
import { median, percentile } from '../stats.ts';

const CONNECTIONS = 64;
const WARM_UP = 2_000;
const REQUESTS = 15_000;

async function throughput(server: { readonly port: number }): Promise<{ perSecond: number; p99: number }> {
  assertAll200(await closedLoop(server.port, freshRequests(WARM_UP, 'issues.opened'), CONNECTIONS));
  const requests = freshRequests(REQUESTS, 'issues.opened');
  const result = await closedLoop(server.port, requests, CONNECTIONS);
  assertAll200(result);
  return { perSecond: REQUESTS / result.seconds, p99: percentile(result.latenciesMs, 0.99) };
}

/** Durable ingest against a server that does nothing: both in each round, so that a noisy machine hits both. */
export const ingest: Scenario = async ({ inDataDir, rounds, isFull }) => {
  const ratios: number[] = [];
  const noops: number[] = [];
  const durables: number[] = [];
  const p99s: number[] = [];
  const sizes: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const noop = await measureNoop();
    await inDataDir(async (dataDir) => {
      const before = sizeOf(dataDir);
      const { perSecond, p99 } = await measureReceiver(dataDir);
      durables.push(perSecond);
      p99s.push(p99);
      sizes.push((sizeOf(dataDir) - before) / (WARM_UP + REQUESTS));
      noops.push(noop);
      ratios.push(perSecond / noop);
    });
  }
  return [
    { name: 'no-op node:http server', value: median(noops), unit: 'requests/s' },
    { name: 'durable ingest', value: median(durables), unit: 'events/s' },
    { name: 'durable ingest, share of no-op', value: median(ratios), unit: 'x', bar: { atLeast: isFull ? 0.45 : 0.5 } },
    { name: 'acknowledgement at full load, p99', value: median(p99s), unit: 'ms' },
    { name: 'disk per stored 12 kB event, busy', value: median(sizes), unit: 'bytes', bar: { atMost: 1_200 } },
  ];
};

async function measureNoop(): Promise<number> {
  await using server = await startNoop();
  return (await throughput(server)).perSecond;
}

async function measureReceiver(dataDir: string): Promise<{ perSecond: number; p99: number }> {
  await using server = await startTidings('receive', dataDir);
  return await throughput(server);
}

/** Closing folds the log back, so the file is all there is. */
function sizeOf(dataDir: string): number {
  return statSync(databaseIn(dataDir), { throwIfNoEntry: false })?.size ?? 0;
}
