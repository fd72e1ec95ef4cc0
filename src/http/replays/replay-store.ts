import type { Cursors } from '../../model/inbox.ts';
import { isRunning, parseRecord, type ReplayRecord, recordText } from './replay-record.ts';

/** So many are remembered, the newest; those that run are never forgotten. */
const KEPT = 20;
const INDEX = 'replays';

/** Replays by many processes, kept in one store. */
export interface ReplayStore {
  read(id: string): Promise<ReplayRecord | null>;
  write(record: ReplayRecord): Promise<void>;
  /** Those that run now, of any process. */
  running(now: number): Promise<readonly ReplayRecord[]>;
  /** A new one: it is listed, and those too many go. */
  add(record: ReplayRecord, now: number): Promise<void>;
  /** Asks whoever runs it to stop. */
  askToStop(id: string, who: string): Promise<void>;
  /** Who asked it to stop. Null: nobody did. */
  askedToStop(id: string): Promise<string | null>;
}

export function replayStore(cursors: Cursors): ReplayStore {
  const nameOf = (id: string) => `replay/${id}`;
  const stopOf = (id: string) => `replay/${id}/stop`;
  const read = async (id: string) => parseRecord(await cursors.recall(nameOf(id)));

  async function listed(): Promise<readonly string[]> {
    const ids: unknown = JSON.parse((await cursors.recall(INDEX)) ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  }

  async function drop(id: string): Promise<void> {
    await cursors.remember(nameOf(id), null);
    await cursors.remember(stopOf(id), null);
  }

  return {
    read,
    write: (record) => cursors.remember(nameOf(record.id), recordText(record)),
    async running(now) {
      const all = await Promise.all((await listed()).map(read));
      return all.filter((record) => record !== null && isRunning(record, now)) as readonly ReplayRecord[];
    },
    async add(record, now) {
      await cursors.remember(nameOf(record.id), recordText(record));
      const ids = await listed();
      const old = await Promise.all(ids.slice(KEPT - 1).map(async (id) => ({ id, kept: await read(id) })));
      const gone = old.filter(({ kept }) => kept === null || !isRunning(kept, now)).map(({ id }) => id);
      await cursors.remember(INDEX, JSON.stringify([record.id, ...ids.filter((id) => !gone.includes(id))]));
      for (const id of gone) await drop(id);
    },
    askToStop: (id, who) => cursors.remember(stopOf(id), who),
    askedToStop: (id) => cursors.recall(stopOf(id)),
  };
}
