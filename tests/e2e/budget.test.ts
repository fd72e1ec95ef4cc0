import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { dataDir } from '../support/data-dir.ts';
import { ready, runTidings } from '../support/tidings-process.ts';

test('a fresh start is ready soon, and idle memory is small', async (t) => {
  await using dir = await dataDir();
  const began = performance.now();
  await using server = await runTidings(['start'], dir.path);
  await ready(server);
  const readyMs = performance.now() - began;
  // What start-up leaves for later (the API, metrics) is loaded by then.
  await setTimeout(1_000);
  const idle = await residentMegabytes(server.child.pid);
  await (await fetch(`${server.url}/metrics`)).text();
  const scraped = await residentMegabytes(server.child.pid);
  t.diagnostic(`start to /readyz: ${Math.round(readyMs)} ms (1 s is promised where nothing else runs)`);
  t.diagnostic(`idle: ${idle ?? '?'} MB resident (120 are promised), after a look at /metrics ${scraped ?? '?'} MB`);
  // A machine that runs other tests meanwhile is no clock: three times the promise shows what is truly slow.
  assert(readyMs <= 3_000, `${readyMs} ms`);
  if (idle !== null) assert(idle <= 120, `${idle} MB`);
});

/** Null where there is no /proc. */
async function residentMegabytes(pid: number | undefined): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round((Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024) / 1e6);
}
