import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { body, freshRequests, requestBytes } from '../deliveries.ts';
import { assertAll200, closedLoop, openLoop } from '../load.ts';
import type { Scenario } from '../measure.ts';
import { startTidings } from '../process.ts';
import { median, percentile } from '../stats.ts';

const EVENTS = 8_000;
const AT_ONCE = 16;
const WARM_UP = 2_000;

const RATE = 50;
const SECONDS = 10;
const WARM_UP_SECONDS = 2;

let next = 7_000_000;

interface Application extends AsyncDisposable {
  readonly port: number;
  /** When each event came for the first time, ms since 1970, in their order; resolves when there are so many. */
  waitFor(count: number): Promise<readonly number[]>;
}

async function startApplication(): Promise<Application> {
  const child = fork(new URL('../application.ts', import.meta.url));
  const [{ port }] = (await once(child, 'message')) as [AddressInfo];
  const asked = async (): Promise<readonly number[]> => {
    const answer = once(child, 'message');
    child.send('seen');
    return (await answer)[0] as readonly number[];
  };
  return {
    port,
    async waitFor(count) {
      for (let seen = await asked(); ; seen = await asked()) {
        if (seen.length >= count) return seen;
        await setTimeout(100);
      }
    },
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}

/** Everything that is received goes to it, by whatever takes all or by a rule, and nowhere else. */
function configured(dataDir: string, destination: string): Record<string, string> {
  const file = join(dataDir, 'bench.yaml');
  writeFileSync(file, `rules:\n  - on: issues.opened\n    to: app\ndestinations:\n  app: ${destination}\n`);
  return { TIDINGS_CONFIG: file };
}

/** Events that wait, sent by a worker of its own: a second counts from the first that is warm. */
async function drained(dataDir: string, destination: (port: number) => string) {
  await using application = await startApplication();
  const settings = configured(dataDir, destination(application.port));
  {
    await using receiver = await startTidings('receive', dataDir, settings);
    assertAll200(await closedLoop(receiver.port, freshRequests(WARM_UP + EVENTS, 'issues.opened'), 64));
  }
  await using worker = await startTidings('work', dataDir, settings);
  const { pid = 0 } = worker.child;
  const seen = await application.waitFor(WARM_UP + EVENTS);
  const cpuMs = cpuMsOf(pid) / (WARM_UP + EVENTS);
  const seconds = ((seen.at(-1) ?? Number.NaN) - (seen[WARM_UP] ?? Number.NaN)) / 1000;
  return { perSecond: EVENTS / seconds, cpuMs };
}

/** User and system, of all its threads, since it began. NaN where there is no /proc. */
function cpuMsOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}

async function noop(): Promise<number> {
  await using application = await startApplication();
  assertAll200(await closedLoop(application.port, freshRequests(WARM_UP, 'issues.opened'), AT_ONCE));
  const { seconds } = await closedLoop(application.port, freshRequests(EVENTS, 'issues.opened'), AT_ONCE);
  return EVENTS / seconds;
}

const forward = (port: number, more = '') =>
  `{ type: forward, url: "http://127.0.0.1:${port}/hook", raw: true${more} }`;
const http = (port: number) => `{ type: http, url: "http://127.0.0.1:${port}/hook", concurrency: ${AT_ONCE} }`;

/** From the moment a webhook is due to be sent to the moment the application has its head. */
async function delays(dataDir: string): Promise<readonly number[]> {
  await using application = await startApplication();
  await using server = await startTidings('start', dataDir, configured(dataDir, forward(application.port)));
  const count = RATE * (SECONDS + WARM_UP_SECONDS);
  const requests = Array.from({ length: count }, () =>
    requestBytes('/webhooks/github', 'issues', body('issues.opened', next++)),
  );
  const started = performance.timeOrigin + performance.now();
  assertAll200(await openLoop(server.port, requests, RATE));
  const seen = await application.waitFor(count);
  return seen.map((at, index) => at - started - (index / RATE) * 1000).slice(RATE * WARM_UP_SECONDS);
}

/** What was received, on its way to an application: beside a server that is asked as much, and what tells of events. */
export const forwarded: Scenario = async ({ inDataDir, rounds }) => {
  const figures = { noop: [], http: [], forward: [], share: [], cpu: [], cpuHttp: [], p50: [], p99: [] } as {
    [name: string]: number[];
  };
  const add = (name: string, value: number) => void figures[name]?.push(value);
  for (let round = 0; round < rounds; round++) {
    const most = await noop();
    const told = await inDataDir((dataDir) => drained(dataDir, http));
    const sent = await inDataDir((dataDir) => drained(dataDir, (port) => forward(port, `, concurrency: ${AT_ONCE}`)));
    const late = await inDataDir(delays);
    add('noop', most);
    add('http', told.perSecond);
    add('forward', sent.perSecond);
    add('share', sent.perSecond / most);
    add('cpu', sent.cpuMs);
    add('cpuHttp', told.cpuMs);
    add('p50', percentile(late, 0.5));
    add('p99', percentile(late, 0.99));
  }
  const of = (name: string) => median(figures[name] ?? []);
  return [
    { name: 'no-op application, 16 at once', value: of('noop'), unit: 'requests/s' },
    { name: 'http, 16 at once', value: of('http'), unit: 'events/s' },
    { name: 'http, CPU of the worker', value: of('cpuHttp'), unit: 'ms/event' },
    { name: 'forward, 16 at once', value: of('forward'), unit: 'events/s', bar: { atLeast: 1_000 } },
    { name: 'forward, share of no-op', value: of('share'), unit: 'x' },
    { name: 'forward, CPU of the worker', value: of('cpu'), unit: 'ms/event' },
    { name: 'event received → application at 50/s, p50', value: of('p50'), unit: 'ms', bar: { atMost: 10 } },
    { name: 'event received → application at 50/s, p99', value: of('p99'), unit: 'ms', bar: { atMost: 60 } },
  ];
};
