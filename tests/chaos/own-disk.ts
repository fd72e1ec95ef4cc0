import { spawnSync } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small file system of its own, in memory. */
export interface OwnDisk extends AsyncDisposable {
  readonly path: string;
  /** Somebody else takes all the room there is. */
  fill(): Promise<void>;
  /** And goes. */
  free(): Promise<void>;
}

const BYTES = 256 * 2 ** 20;
const PIECE = Buffer.alloc(2 ** 20);

/** Null when it can be had; else why not. */
export function ownDiskMissing(): string | null {
  const may = process.platform === 'linux' && process.getuid?.() === 0;
  return may ? null : 'only root on Linux may mount a disk';
}

export async function openOwnDisk(): Promise<OwnDisk> {
  const path = await mkdtemp(join(tmpdir(), 'tidings-disk-'));
  const ballast = join(path, 'ballast');
  run('mount', ['-t', 'tmpfs', '-o', `size=${BYTES},mode=0755`, 'tmpfs', path]);
  // A run that is broken off leaves none behind.
  const orphaned = () => void spawnSync('umount', ['-l', path]);
  process.once('exit', orphaned);
  return {
    path,
    async fill() {
      await using file = await open(ballast, 'w');
      try {
        for (;;) await file.write(PIECE);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      }
    },
    free: () => rm(ballast),
    async [Symbol.asyncDispose]() {
      process.off('exit', orphaned);
      run('umount', [path]);
      await rm(path, { recursive: true });
    },
  };
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
}
