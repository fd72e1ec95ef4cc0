import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { acknowledgedAgain, type Scenario } from '../scenario.ts';
import { postgresOf, postgresStore, type Store } from '../store.ts';

/** How long it stays full, ms. */
const FULL_MS = 2_000;
const DISK = '200m';

const disks = new WeakMap<Store, string>();

/**
 * Its data lie on a disk of their own (a tmpfs, which only root may mount), which somebody else fills. What a table needs is
 * refused; without room for its log the server ends, and is started again once there is some.
 */
export const serverDiskFull: Scenario = {
  name: 'server-disk-full',
  title: "the server's disk is full for 2 s, again and again",
  toldTwice: 'in doubt',
  paced: true,
  needs: () =>
    process.getuid?.() === 0 && process.platform === 'linux' ? null : 'only root on Linux may mount a disk',
  open: storeOnItsOwnDisk,
  async run(context) {
    const server = postgresOf(context.store);
    const disk = disks.get(context.store) ?? '';
    const ballast = join(disk, 'ballast');
    let times = 0;
    let ended = 0;
    await context.every(1_000, async () => {
      const { bavail, bsize } = await statfs(disk);
      await writeFile(ballast, Buffer.alloc(bavail * bsize)).catch(() => undefined);
      await setTimeout(FULL_MS);
      await rm(ballast);
      if (await server.start()) ended++;
      times++;
      await acknowledgedAgain(context);
    });
    const refused = context.senders.sent.filter(({ acknowledged }) => acknowledged === null).length;
    if (refused === 0) throw new Error('nothing was refused: the disk was never full');
    const full = context.fleet.said("the server's disk is full");
    return `${times} times, ${refused} deliveries refused, ${full} times for want of room in a table; the server ended ${ended} times`;
  },
};

async function storeOnItsOwnDisk(): Promise<Store> {
  const disk = await mkdtemp(join(tmpdir(), 'tidings-disk-'));
  mount('mount', ['-t', 'tmpfs', '-o', `size=${DISK},mode=0755`, 'tmpfs', disk]);
  process.once('exit', () => spawnSync('umount', ['-l', disk]));
  const store = await postgresStore({ within: disk, settings: ['max_wal_size=64MB', 'min_wal_size=32MB'] });
  disks.set(store, disk);
  const dispose = store[Symbol.asyncDispose].bind(store);
  store[Symbol.asyncDispose] = async () => {
    await dispose();
    mount('umount', [disk]);
    await rm(disk, { recursive: true });
  };
  return store;
}

function mount(program: 'mount' | 'umount', args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
}
