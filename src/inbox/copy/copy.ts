import { createHash } from 'node:crypto';
import { batches, type Digest, digestOf, firstDifference } from './digest.ts';
import { CopyError, type Side } from './side.ts';
import { type Row, TABLES, type Table } from './tables.ts';

export interface CopyProgress {
  readonly phase: 'copying' | 'verifying';
  readonly table: string;
  readonly done: number;
  readonly total: number;
}

export interface CopiedTable extends Digest {
  readonly table: string;
}

export type CopyOutcome =
  /** All of it is in the target and was read back. */
  | { readonly result: 'copied'; readonly tables: readonly CopiedTable[] }
  /** It was copied and verified before, at `at` (ms since 1970): nothing was done. */
  | { readonly result: 'was_copied'; readonly tables: readonly CopiedTable[]; readonly at: number }
  /** `differences`: one line a table. The target is no copy. */
  | { readonly result: 'differs'; readonly differences: readonly string[] };

/** MARKER's value. */
interface Marker {
  /** Which database it is a copy of. */
  readonly source: string;
  /** Null while it is being copied; ms since 1970. */
  readonly finishedAt: number | null;
  readonly tables: readonly CopiedTable[];
}

/**
 * Copies all of `source` behind what `target` has of it, batch by batch, and reads both to the end to compare them. Where it
 * was cut off, the next call goes on: a batch is there or not, and each table's highest key says how far it came.
 * @throws CopyError when the target holds anything else
 */
export async function copy(
  source: Side,
  target: Side,
  onProgress: (progress: CopyProgress) => void,
  now: () => number,
): Promise<CopyOutcome> {
  const identity = await identityOf(source);
  const marker = await acceptedMarker(source, target, identity);
  if (marker !== null && marker.finishedAt !== null) {
    await refuseGrown(source, marker);
    return { result: 'was_copied', tables: marker.tables, at: marker.finishedAt };
  }
  if (marker === null) {
    await target.clearLanes();
    await target.mark(JSON.stringify({ source: identity, finishedAt: null, tables: [] } satisfies Marker));
  }
  for (const table of TABLES) await copyTable(source, target, table, onProgress);
  await target.complete();
  const { tables, differences } = await compare(source, target, onProgress);
  if (differences.length > 0) return { result: 'differs', differences };
  await target.mark(JSON.stringify({ source: identity, finishedAt: now(), tables } satisfies Marker));
  return { result: 'copied', tables };
}

/** What there is to copy, and what of it the target has. `target` null: it is not there yet. @throws CopyError as `copy` */
export async function countCopy(
  source: Side,
  target: Side | null,
): Promise<readonly { readonly table: string; readonly rows: number; readonly copied: number }[]> {
  if (target !== null) await acceptedMarker(source, target, await identityOf(source));
  const counts = [];
  for (const table of TABLES) {
    const copied = target === null || table.name === 'lanes' ? 0 : await target.count(table);
    counts.push({ table: table.name, rows: await source.count(table), copied });
  }
  return counts;
}

async function copyTable(
  source: Side,
  target: Side,
  table: Table,
  onProgress: (progress: CopyProgress) => void,
): Promise<void> {
  const total = await source.count(table);
  let done = await target.count(table);
  let writing: Promise<void> = Promise.resolve();
  // The next rows are read while these are written.
  for await (const rows of batches(source, table, await target.last(table))) {
    await writing;
    writing = target.write(table, rows);
    // Awaited in the next round or at the end; until then its failure is not unhandled.
    writing.catch(() => undefined);
    done += rows.length;
    onProgress({ phase: 'copying', table: table.name, done, total });
  }
  await writing;
}

async function compare(
  source: Side,
  target: Side,
  onProgress: (progress: CopyProgress) => void,
): Promise<{ tables: readonly CopiedTable[]; differences: readonly string[] }> {
  const tables: CopiedTable[] = [];
  const differences: string[] = [];
  for (const table of TABLES) {
    const total = await source.count(table);
    const step = (done: number) => onProgress({ phase: 'verifying', table: table.name, done, total });
    const [from, to] = await Promise.all([digestOf(source, table, step), digestOf(target, table, () => undefined)]);
    if (from.sha256 === to.sha256) tables.push({ table: table.name, ...to });
    else differences.push(await differenceOf(source, target, table, from, to));
  }
  return { tables, differences };
}

async function differenceOf(source: Side, target: Side, table: Table, from: Digest, to: Digest): Promise<string> {
  const first = (await firstDifference(source, target, table)) ?? 'and they changed meanwhile';
  return `${table.name}: ${from.rows} rows in the source, ${to.rows} in the target; ${first}`;
}

/** Nothing names a database; its first event does, which nothing ever changes. */
async function identityOf(source: Side): Promise<string> {
  const events = await firstOf(source, 'events');
  const facts = events?.slice(0, 5) ?? ['no event', source.name];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}

async function firstOf(side: Side, name: string): Promise<Row | undefined> {
  const table = TABLES.find((each) => each.name === name);
  return table && (await side.read({ ...table, rowsAtOnce: 1 }, null))[0];
}

async function acceptedMarker(source: Side, target: Side, identity: string): Promise<Marker | null> {
  const text = await target.marker();
  const marker = text === null ? null : (JSON.parse(text) as Marker);
  if (marker?.source === identity) return marker;
  const events = await rowsIn(target, 'events');
  const cursors = await rowsIn(target, 'cursors');
  if (marker === null && events + cursors === 0) return null;
  const what = marker === null ? `${events} events of its own` : 'a copy of another database';
  throw new CopyError(
    `${target.name} holds ${what}: nothing is copied over it from ${source.name}. Give an empty database as the target.`,
  );
}

async function rowsIn(side: Side, name: string): Promise<number> {
  const table = TABLES.find((each) => each.name === name);
  return table ? await side.count(table) : 0;
}

/** The finished copy is not continued: its target may have gone on by itself. */
async function refuseGrown(source: Side, { tables }: Marker): Promise<void> {
  for (const table of TABLES) {
    const before = tables.find((each) => each.table === table.name)?.rows ?? 0;
    const rows = await source.count(table);
    if (rows === before) continue;
    throw new CopyError(
      `It was copied and verified before, and ${source.name} went on since: ${rows} ${table.name}, ${before} were copied. ` +
        'Two databases that both went on cannot be made one. Copy into an empty database, or stay with one of them.',
    );
  }
}
