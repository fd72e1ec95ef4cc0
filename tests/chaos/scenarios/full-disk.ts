import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Arena, acknowledgedAgain, type Scenario } from '../arena.ts';

/** How long the disk stays full, ms. */
const FULL_MS = 2_000;

/** What the disk refuses is a write past a limit (EFBIG), to every process alike; it can be lifted while they run. */
export const fullDisk: Scenario = {
  name: 'full-disk',
  title: 'the disk is full for 2 s, again and again',
  toldTwice: 'in doubt',
  paced: true,
  async run(arena) {
    let times = 0;
    await arena.every(1_000, async () => {
      limit(arena, `${statSync(join(arena.store.dataDir, 'tidings.db-wal')).size}:unlimited`);
      await setTimeout(FULL_MS);
      limit(arena, 'unlimited:unlimited');
      times++;
      await acknowledgedAgain(arena);
    });
    const refused = arena.senders.sent.filter(({ acknowledged }) => acknowledged === null).length;
    if (refused === 0) throw new Error('nothing was refused: the disk was never full');
    return `${times} times full, ${refused} deliveries refused`;
  },
};

function limit({ fleet }: Arena, bytes: string): void {
  for (const { process } of [...fleet.receivers, ...fleet.workers]) {
    const { status, stderr } = spawnSync('prlimit', ['--pid', String(process.child.pid), `--fsize=${bytes}`], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`prlimit (util-linux) is needed to fill a disk: ${stderr}`);
  }
}
