import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { acknowledgedAgain, type Scenario, type ScenarioContext } from '../scenario.ts';

/** How long the disk stays full, ms. */
const FULL_MS = 2_000;

/** What the disk refuses is a write past a limit (EFBIG), to every process alike; it can be lifted while they run. */
export const fullDisk: Scenario = {
  name: 'full-disk',
  title: 'the disk is full for 2 s, again and again',
  toldTwice: 'in doubt',
  paced: true,
  async run(context) {
    let times = 0;
    await context.every(1_000, async () => {
      limitFiles(context, `${statSync(join(context.store.dataDir, 'tidings.db-wal')).size}:unlimited`);
      await setTimeout(FULL_MS);
      limitFiles(context, 'unlimited:unlimited');
      times++;
      await acknowledgedAgain(context);
    });
    const refused = context.senders.sent.filter(({ acknowledged }) => acknowledged === null).length;
    if (refused === 0) throw new Error('nothing was refused: the disk was never full');
    return `${times} times full, ${refused} deliveries refused`;
  },
};

/** How large a file may be that they write, bytes; those that end meanwhile are left out. */
export function limitFiles({ fleet }: ScenarioContext, bytes: string): void {
  for (const { process } of [...fleet.receivers, ...fleet.workers]) {
    const { child } = process;
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const { status, stderr } = spawnSync('prlimit', ['--pid', String(child.pid), `--fsize=${bytes}`], {
      encoding: 'utf8',
    });
    if (status !== 0 && !/No such process/.test(stderr))
      throw new Error(`prlimit (util-linux) is needed to fill a disk: ${stderr}`);
  }
}
