import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IDENTITY, NOBODY } from '../../support/postgres-programs.ts';
import type { PostgresServer } from '../postgres-server.ts';

/**
 * Fills a folder with what a server needs to go on from here, taken while it runs; to be used once.
 * https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP
 */
export async function baseBackup(server: PostgresServer): Promise<(folder: string) => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'tidings-backup-'));
  const copy = join(home, 'data');
  const client = await server.connect();
  if (client === undefined) throw new Error('no connection to back up from');
  try {
    await client.query("SELECT pg_backup_start('chaos', true)");
    // Files that go meanwhile are missed by nobody: the log makes them again, or their end.
    await copied(server.folder, copy);
    const { rows } = await client.query<{ label: string }>('SELECT labelfile AS label FROM pg_backup_stop(false)');
    await rm(join(copy, 'pg_wal'), { recursive: true });
    await copied(join(server.folder, 'pg_wal'), join(copy, 'pg_wal'));
    await rm(join(copy, 'postmaster.pid'), { force: true });
    await writeFile(join(copy, 'backup_label'), rows[0]?.label ?? '');
    if (IDENTITY.uid !== undefined) await chown(join(copy, 'backup_label'), NOBODY, NOBODY);
  } finally {
    await client.end();
  }
  return async (folder) => {
    await copied(copy, folder);
    await rm(home, { recursive: true });
  };
}

/** With owners and modes. */
async function copied(from: string, to: string): Promise<void> {
  await once(spawn('cp', ['-a', from, to], { stdio: 'ignore' }), 'exit');
}
