import { setTimeout } from 'node:timers/promises';
import { ownDiskMissing } from '../own-disk.ts';
import type { PostgresServer } from '../postgres-server.ts';
import { acknowledgedAgain, refusals, type Scenario } from '../scenario.ts';
import { diskOf, onDiskStore, postgresOf } from '../store.ts';

/** How long it stays full, ms. */
const FULL_MS = 2_000;
/** Of its log's files, so many at most can be begun with what it has made before. */
const LOG_FILES = 10;

/**
 * Somebody else fills the server's disk. What a table has no room for, the server refuses. Every other time its log has none
 * either: then it crashes, recovers if there is some by then, or else ends, and is started.
 */
export const serverDiskFull: Scenario = {
  name: 'server-disk-full',
  title: "the server's disk is full for 2 s, again and again, every other time for its log too",
  toldTwice: 'in doubt',
  paced: true,
  ownServer: true,
  needs: ownDiskMissing,
  open: onDiskStore,
  async run(context) {
    const { store } = context;
    const server = postgresOf(store);
    const disk = diskOf(store);
    let times = 0;
    let ended = 0;
    let slowestMs = 0;
    await context.every(1_000, async (n) => {
      await disk.fill();
      if (n % 2 === 1) await useUpLog(server);
      await setTimeout(FULL_MS);
      await disk.free();
      times++;
      const again = acknowledgedAgain(context);
      ended += await startedUntil(server, again);
      slowestMs = Math.max(slowestMs, await again);
    });
    const refused = refusals(context, 'the disk was never full', "the server's disk is full");
    return `${times} times, the server ended ${ended} times, ${refused} deliveries refused, the next 100 acknowledged at most ${Math.round(slowestMs)} ms after it was over`;
  },
};

/** Until the server has crashed for want of room. */
async function useUpLog(server: PostgresServer): Promise<void> {
  const client = await server.connect();
  try {
    for (let n = 0; n < LOG_FILES; n++) {
      await client?.query("SELECT pg_logical_emit_message(false, 'chaos', 'x'); SELECT pg_switch_wal()");
    }
  } catch {
    // It has.
  } finally {
    await client?.end().catch(() => undefined);
  }
}

/** It is started whenever it ends, until then: also after there is room, by what it began without. Resolves with how often. */
async function startedUntil(server: PostgresServer, done: Promise<unknown>): Promise<number> {
  const isDone = done.then(() => true);
  for (let times = 0; ; times++) {
    if (await Promise.race([isDone, server.ended().then(() => false)])) return times;
    await server.start();
  }
}
