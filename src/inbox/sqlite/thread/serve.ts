import { systemClock } from '../../../shared/clock.ts';
import { giveHeapBack, restAfterWork } from '../../../shared/memory/rest.ts';
import type { Upgrade } from '../../migrations.ts';
import type { Database } from '../database.ts';
import { fileGuard } from '../file/file-guard.ts';
import { openDatabase } from '../file/open-database.ts';
import { openWakeFile } from '../file/wake-file.ts';
import { answerCalls, type Beside, type CallPort, describe } from './answer-calls.ts';
import type { Ready, ThreadOptions } from './thread-protocol.ts';

interface Role {
  /** Before anything else is asked of the database. */
  fitSchema(db: Database, options: ThreadOptions): Upgrade | null;
  ops(db: Database, waitedMs: () => number, options: ThreadOptions): object;
}

/**
 * Each thread loads what it can do, and nothing else. Readers and checkpointers come and go while their writer runs, also when a newer
 * Tidings has upgraded the database meanwhile.
 */
const ROLES: Readonly<Record<ThreadOptions['role'], () => Promise<Role>>> = {
  writer: async () => {
    const { fitSchema, writerOps } = await import('./writer.ts');
    return { fitSchema, ops: writerOps };
  },
  reader: async () => ({ fitSchema: () => null, ops: (await import('./reader.ts')).readerOps }),
  checkpointer: async () => ({ fitSchema: () => null, ops: (await import('./checkpointer.ts')).checkpointerOps }),
};

/** Opens the database, says so or why not, and answers what is asked of it until it is told to close. */
export async function serve(port: CallPort, options: ThreadOptions): Promise<void> {
  try {
    const upgrade = await open(port, options);
    port.postMessage({ id: 0, ok: true, value: { upgrade } satisfies Ready }, []);
  } catch (error) {
    port.postMessage({ id: 0, ok: false, error: describe(error) }, []);
  }
}

async function open(port: CallPort, options: ThreadOptions): Promise<Upgrade | null> {
  const role = await ROLES[options.role]();
  const db = openDatabase(options);
  try {
    const upgrade = role.fitSchema(db, options);
    answerCalls(port, db, (waitedMs) => role.ops(db, waitedMs, options), options.busyTimeoutMs, beside(db, options));
    return upgrade;
  } catch (error) {
    // Before the answer: whoever hears it finds the files as they were.
    db.close();
    throw error;
  }
}

function beside(db: Database, { path, role, access }: ThreadOptions): Beside {
  const isWriting = role === 'writer' && access !== 'read';
  const wake = isWriting ? openWakeFile(path) : undefined;
  const endRests = restAfterWork(systemClock, () => {
    db.exec('PRAGMA shrink_memory');
    giveHeapBack();
  });
  return {
    clock: systemClock,
    guard: isWriting ? fileGuard(path) : () => null,
    wake,
    close() {
      endRests();
      wake?.close();
    },
  };
}
