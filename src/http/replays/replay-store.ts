import type { Cursors } from '../../model/inbox.ts';
import { isRunning, parseRecord, type ReplayRecord, recordText } from './replay-record.ts';

/** So many are remembered, the newest; those that run are never forgotten. */
const KEPT = 20;
const INDEX = 'replays';

/** The list as it was read. */
export interface Listed {
  readonly running: readonly ReplayRecord[];
  readonly ids: readonly string[];
  readonly text: string | null;
}

/** Replays by many processes, kept in one store. */
export interface ReplayStore {
  read(id: string): Promise<ReplayRecord | null>;
  write(record: ReplayRecord): Promise<void>;
  /** Those that are listed, and run now, of any process. */
  listed(now: number): Promise<Listed>;
  /** A new one: it is listed, and those too many go. False: others were listed meanwhile, and it is not. */
  add(record: ReplayRecord, beside: Listed, now: number): Promise<boolean>;
  /** Asks whoever runs it to stop. */
  askToStop(id: string, who: string): Promise<void>;
  /** Who asked it to stop. Null: nobody did. */
  askedToStop(id: string): Promise<string | null>;
}

export function replayStore(cursors: Cursors): ReplayStore {
  const nameOf = (id: string) => `replay/${id}`;
  const stopOf = (id: string) => `replay/${id}/stop`;
  const read = async (id: string) => parseRecord(await cursors.recall(nameOf(id)));

  function idsIn(text: string | null): readonly string[] {
    const ids: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  }

  async function drop(id: string): Promise<void> {
    await cursors.remember(nameOf(id), null);
    await cursors.remember(stopOf(id), null);
  }

  return {
    read,
    write: (record) => cursors.remember(nameOf(record.id), recordText(record)),
    async listed(now) {
      const text = await cursors.recall(INDEX);
      const ids = idsIn(text);
      const all = await Promise.all(ids.map(read));
      return {
        text,
        ids,
        running: all.flatMap((record) => (record !== null && isRunning(record, now) ? [record] : [])),
      };
    },
    async add(record, { text, ids }, now) {
      // Before it is listed: whoever sees it there finds it.
      await cursors.remember(nameOf(record.id), recordText(record));
      const old = await Promise.all(ids.slice(KEPT - 1).map(async (id) => ({ id, kept: await read(id) })));
      const gone = old.filter(({ kept }) => kept === null || !isRunning(kept, now)).map(({ id }) => id);
      const next = JSON.stringify([record.id, ...ids.filter((id) => !gone.includes(id))]);
      const isListed = await cursors.exchange(INDEX, text, next);
      for (const id of isListed ? gone : [record.id]) await drop(id);
      return isListed;
    },
    askToStop: (id, who) => cursors.remember(stopOf(id), who),
    askedToStop: (id) => cursors.recall(stopOf(id)),
  };
}
