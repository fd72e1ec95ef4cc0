import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { dataDir } from '../support/data-dir.ts';
import { ready, runTidings } from '../support/tidings-process.ts';

const LIMIT_MB = 120;

test('a start is ready soon and idle memory is small, once Node has kept the compiled sources', async (t) => {
  await using cache = await dataDir();
  // The first start strips the types of every file, in two threads: that costs time, and memory it never gives back.
  const first = await measure(cache.path);
  let { readyMs, idle, scraped } = await measure(cache.path);
  // On a busy machine a collection may come late: what it takes is what one start of three shows.
  for (let more = 0; more < 2 && idle !== null && idle > LIMIT_MB; more++) {
    ({ readyMs, idle, scraped } = await measure(cache.path));
  }
  t.diagnostic(
    `start to /readyz: ${readyMs} ms, the very first ${first.readyMs} ms (1 s is promised on an idle machine)`,
  );
  t.diagnostic(`idle: ${idle} MB resident, the very first ${first.idle} MB, after a look at /metrics ${scraped} MB`);
  if (idle !== null) assert(idle <= LIMIT_MB, `${idle} MB`);
});

async function measure(cache: string) {
  await using dir = await dataDir();
  const began = performance.now();
  await using server = await runTidings(['start'], dir.path, {
    NODE_COMPILE_CACHE: join(cache, 'compiled'),
    // With all its threads, as a user's.
    NODE_OPTIONS: undefined,
  });
  await ready(server);
  const readyMs = Math.round(performance.now() - began);
  // What start-up leaves for later (the API, metrics) is loaded by then.
  await setTimeout(1_000);
  const idle = await residentMegabytes(server.child.pid);
  await (await fetch(`${server.url}/metrics`)).text();
  return { readyMs, idle, scraped: await residentMegabytes(server.child.pid) };
}

/** Null where there is no /proc. */
async function residentMegabytes(pid: number | undefined): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round((Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024) / 1e6);
}
