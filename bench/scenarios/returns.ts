import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freshRequests } from '../deliveries.ts';
import { assertAll200, openLoop } from '../load.ts';
import type { Measure, Scenario } from '../measure.ts';
import { startTidings } from '../process.ts';

/** After an outage of so long, told so soon after the return at the latest. */
const BARS = [
  { awayMs: 10_000, barMs: 3_000 },
  { awayMs: 60_000, barMs: 10_000 },
  { awayMs: 600_000, barMs: 30_000 },
] as const;

/** Each with a lane of its own: chance and the outage's end meet in as many ways. */
const LANES = 8;
const FOLDER = '/services/T0000/B0000/';
const MINUTE_MS = 60_000;
const MOST_A_MINUTE = 7;

/** How soon what waited is told when a destination is back, and how often it was asked meanwhile. The long form has all three outages. */
export const returns: Scenario = async ({ inDataDir, isLong }) => {
  const outages = isLong ? BARS : BARS.slice(0, 1);
  return inDataDir(async (dataDir) => {
    const names = outages.flatMap(({ awayMs }) => Array.from({ length: LANES }, (_, lane) => `away-${awayMs}-${lane}`));
    await using slack = await startAwaySlack();
    await using server = await startTidings('start', dataDir, configured(dataDir, slack.url, names));
    for (const { awayMs } of outages) slack.leave(`${FOLDER}away-${awayMs}-`);
    const left = performance.now();
    assertAll200(await openLoop(server.port, freshRequests(1, 'issues.opened'), 1));
    const measures: Measure[] = [];
    for (const { awayMs, barMs } of outages) {
      await setTimeout(left + awayMs - performance.now());
      const path = `${FOLDER}away-${awayMs}-`;
      const back = performance.now();
      const told = await slack.comeBack(path, LANES);
      measures.push(
        {
          name: `told after an outage of ${awayMs / 1000} s, the last of ${LANES} lanes`,
          value: (Math.max(...told) - back) / 1000,
          unit: 's',
          bar: { atMost: barMs / 1000 },
        },
        ...probes(awayMs, slack.asked(path), left),
      );
    }
    return measures;
  });
};

function probes(awayMs: number, asked: ReadonlyMap<string, readonly number[]>, left: number): readonly Measure[] {
  const lanes = [...asked.values()];
  const most = (count: (times: readonly number[]) => number) => Math.max(...lanes.map(count));
  const inFirst = most((times) => times.filter((time) => time < left + MINUTE_MS).length);
  const first = {
    name: `asked while away ${awayMs / 1000} s, most in the first minute`,
    value: inFirst,
    unit: 'requests',
  };
  if (awayMs <= MINUTE_MS) return [first];
  const later = most((times) =>
    Math.max(
      0,
      ...times
        .filter((time) => time >= left + MINUTE_MS)
        .map((from) => times.filter((time) => time >= from && time < from + MINUTE_MS).length),
    ),
  );
  return [
    first,
    {
      name: `asked while away ${awayMs / 1000} s, most in a later minute`,
      value: later,
      unit: 'requests',
      bar: { atMost: MOST_A_MINUTE },
    },
  ];
}

function configured(dataDir: string, url: string, names: readonly string[]): Record<string, string> {
  const file = join(dataDir, 'bench.yaml');
  const lines = names.map(
    (name) => `  ${name}: { type: slack, webhook_url: "${url}${FOLDER}${name}", per_second: 0 }\n`,
  );
  writeFileSync(file, `destinations:\n${lines.join('')}`);
  return { TIDINGS_CONFIG: file };
}

/** Answers 503 on paths that are away, and yes on the others. */
async function startAwaySlack() {
  const away = new Set<string>();
  const asked = new Map<string, number[]>();
  const told = new Map<string, number>();
  let changed = () => {};
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    request.resume().on('end', () => {
      const isAway = [...away].some((prefix) => path.startsWith(prefix));
      const now = performance.now();
      if (isAway) asked.set(path, [...(asked.get(path) ?? []), now]);
      else told.set(path, now);
      response.writeHead(isAway ? 503 : 200, { 'content-type': 'text/plain' }).end(isAway ? 'away' : 'ok');
      changed();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const of = <T>(from: ReadonlyMap<string, T>, prefix: string) =>
    new Map([...from].filter(([path]) => path.startsWith(prefix)));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leave: (prefix: string) => void away.add(prefix),
    asked: (prefix: string) => of(asked, prefix),
    /** When each of so many was told. */
    async comeBack(prefix: string, count: number): Promise<readonly number[]> {
      away.delete(prefix);
      while (of(told, prefix).size < count) await new Promise<void>((resolve) => (changed = resolve));
      return [...of(told, prefix).values()];
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
