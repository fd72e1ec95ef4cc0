import { refused, type Unseen, unseen } from '../../looked.ts';
import { openDatabase } from '../open.ts';
import type { SqlSettings } from '../settings.ts';
import { addressOf } from '../shapes.ts';
import { createTable } from '../statements.ts';
import { tableOf } from '../table.ts';
import { tryTable } from '../write-row.ts';

const TIMEOUT_MS = 10_000;

/** What an insert would be answered, and the table that fits. Nothing is written. */
export type Seen = { readonly create: string; readonly place: string } & (
  | { readonly ok: true }
  | (Unseen & { readonly isAbsent: boolean })
);

/** @throws Error in words when a column is no expression, or the url no address */
export async function lookAt(
  settings: Pick<SqlSettings, 'url' | 'table' | 'key' | 'columns'>,
  signal: AbortSignal,
): Promise<Seen> {
  const { table } = tableOf(settings);
  const url = settings.url.reveal();
  const address = addressOf(url);
  const opened = await openDatabase(url, TIMEOUT_MS).catch((error: Error) => error);
  if (opened instanceof Error) {
    if (address === null) throw opened;
    const { dialect, place } = address;
    const create = createTable(table, dialect);
    return { ...refused(opened.message), create, place, isAbsent: false };
  }
  await using database = opened;
  const { dialect, place } = database;
  const create = createTable(table, dialect);
  const ran = await tryTable(database, table, signal);
  if (ran.kind === 'done') return { ok: true, create, place };
  return { ...unseen(ran), create, place, isAbsent: ran.isAbsent ?? false };
}
