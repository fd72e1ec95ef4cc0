import { KeyRuns, type Limits } from '../../keys/key-runs.ts';
import type { KeyStore, StoredRun } from '../../keys/key-store.ts';
import type { Pieces } from '../../keys/run.ts';
import { DamagedError, dispensable } from '../damage/corrupt.ts';
import { all, type Database, one, onRollback, scalar } from '../database.ts';
import { eventKeys, type KeyKind } from './event-keys.ts';

/** A row of a run, or of a kind's log, has its number in the lower bits of its id. */
const IN_A_RUN = 2 ** 16;
const IN_A_LOG = 2 ** 32;

const NO_BLOCK = new Uint8Array(0);

/** Rows deleted in one step: some 2 MB. */
const DELETED_AT_ONCE = 64;

/** One for each connection that writes, or it would not hear of its own transactions that failed. */
export function keyRuns(db: Database, kind: KeyKind, limits?: Limits): KeyRuns {
  const store = { ...stateTable(db, kind), ...logTable(db, kind), ...runTables(db, kind), ...eventsBy(db, kind) };
  const keys = new KeyRuns(store, limits);
  onRollback(db, () => keys.forget());
  return keys;
}

function stateTable(db: Database, kind: KeyKind): Pick<KeyStore, 'version' | 'state' | 'setState'> {
  // https://www.sqlite.org/pragma.html#pragma_data_version: others' commits change it, one's own do not.
  const version = db.prepare('PRAGMA data_version');
  const select = db.prepare('SELECT generation, brought FROM key_kinds WHERE kind = ?');
  const update = db.prepare('UPDATE key_kinds SET generation = ?, brought = ? WHERE kind = ?');

  return {
    version: () => scalar(version),
    state() {
      const row = one<{ generation: number; brought: number | null }>(select, kind);
      if (row === undefined) throw new DamagedError(`there are no keys of kind ${kind}`);
      return { generation: row.generation, broughtUpTo: row.brought };
    },
    setState: ({ generation, broughtUpTo }) => void update.run(generation, broughtUpTo, kind),
  };
}

function logTable(db: Database, kind: KeyKind): Pick<KeyStore, 'log' | 'writeLog' | 'clearLog'> {
  const first = kind * IN_A_LOG;
  const last = first + IN_A_LOG - 1;
  const select = db.prepare('SELECT id - ?1 AS n, data FROM key_log WHERE id BETWEEN ?1 + ?2 AND ?3 ORDER BY id');
  const write = db.prepare(
    'INSERT INTO key_log (id, data) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data',
  );
  const clear = db.prepare('DELETE FROM key_log WHERE id BETWEEN ? AND ?');

  return {
    log: (from) => all<{ n: number; data: Uint8Array }>(select, first, from, last),
    writeLog: (n, data) => void write.run(first + n, data),
    clearLog: () => void clear.run(first, last),
  };
}

function eventsBy(db: Database, kind: KeyKind): Pick<KeyStore, 'kept'> {
  const read = eventKeys(db, kind);
  return {
    kept(first, last, most) {
      const events = read(first, last, most + 1);
      return events.length > most ? null : events.flatMap(({ id, key }) => (key === null ? [] : [{ id, key }]));
    },
  };
}

type RunTables = Pick<KeyStore, 'runs' | 'addRun' | 'changeRun' | 'addPiece' | 'pieces' | 'block' | 'deleteSome'>;

function runTables(db: Database, kind: KeyKind): RunTables {
  const select = db.prepare(`
    SELECT id, level, state, target, first_event AS firstEvent, last_event AS lastEvent, size FROM key_runs WHERE kind = ? ORDER BY id`);
  const insert = db.prepare(`
    INSERT INTO key_runs (kind, level, state, target, first_event, last_event, size) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const update = db.prepare('UPDATE key_runs SET state = ?, target = ?, size = ? WHERE id = ?');
  const insertPiece = db.prepare('INSERT INTO key_pieces (id, fences, filter) VALUES (?, ?, ?)');
  const insertBlock = db.prepare('INSERT INTO key_blocks (id, data) VALUES (?, ?)');
  const selectPieces = db.prepare('SELECT fences, filter FROM key_pieces WHERE id BETWEEN ? AND ? ORDER BY id');
  const selectBlock = db.prepare('SELECT data FROM key_blocks WHERE id = ?');
  const deleteSome = someDeleter(db);
  const dispense = dispensable();

  return {
    runs: () => all<StoredRun>(select, kind),
    addRun: ({ level, state, target, firstEvent, lastEvent, size }) =>
      Number(insert.run(kind, level, state, target, firstEvent, lastEvent, size).lastInsertRowid),
    changeRun: ({ id, state, target, size }) => void update.run(state, target, size, id),
    addPiece(run, n, block, { fences, filter, blocks }) {
      insertPiece.run(run * IN_A_RUN + n, fences, filter);
      for (const [at, data] of blocks.entries()) insertBlock.run(run * IN_A_RUN + block + at, data);
    },
    pieces: (run) =>
      dispense(-run, () => all<Pieces[number]>(selectPieces, run * IN_A_RUN, (run + 1) * IN_A_RUN - 1)) ?? [],
    block(run, n) {
      const id = run * IN_A_RUN + n;
      return dispense(id, () => one<{ data: Uint8Array }>(selectBlock, id))?.data ?? NO_BLOCK;
    },
    deleteSome,
  };
}

function someDeleter(db: Database): (run: number) => void {
  const some = (table: string) =>
    db.prepare(
      `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE id BETWEEN ? AND ? LIMIT ${DELETED_AT_ONCE})`,
    );
  const deletions = [some('key_blocks'), some('key_pieces')];
  const deleteRun = db.prepare('DELETE FROM key_runs WHERE id = ?');

  return (run) => {
    for (const deletion of deletions) {
      if (deletion.run(run * IN_A_RUN, (run + 1) * IN_A_RUN - 1).changes > 0) return;
    }
    deleteRun.run(run);
  };
}
