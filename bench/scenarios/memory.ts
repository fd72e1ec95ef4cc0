import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { freshRequests } from '../deliveries.ts';
import { assertAll200, closedLoop } from '../load.ts';
import type { Scenario } from '../measure.ts';
import { startTidings } from '../process.ts';

const CONNECTIONS = 64;
const REQUESTS = 15_000;
/** After the start: what it loads behind its first answer is there. */
const SETTLE_MS = 5_000;

/** One round, on Linux only: what `tidings receive` keeps resident at rest, under load, and `restSeconds` after it. */
export const memory: Scenario = async ({ inDataDir, restSeconds }) => {
  const [idle, loaded, rested] = await inDataDir(async (dataDir) => {
    await using server = await startTidings('receive', dataDir);
    const pid = server.child.pid ?? 0;
    await setTimeout(SETTLE_MS);
    const before = proportionalMb(pid);
    assertAll200(await closedLoop(server.port, freshRequests(REQUESTS, 'issues.opened'), CONNECTIONS));
    const after = proportionalMb(pid);
    await setTimeout(restSeconds * 1000);
    return [before, after, proportionalMb(pid)];
  });
  return [
    { name: 'resident memory (PSS), idle', value: idle, unit: 'MB', bar: { atMost: 120 } },
    { name: 'resident memory (PSS), right after a load', value: loaded, unit: 'MB' },
    {
      name: `resident memory (PSS), ${restSeconds} s after a load`,
      value: rested,
      unit: 'MB',
      bar: { atMost: 180 },
    },
  ];
};

/** Pages that several processes share count in parts: other Nodes that run make the program itself look smaller. */
function proportionalMb(pid: number): number {
  const [, kilobytes = 'NaN'] = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
