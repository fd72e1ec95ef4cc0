import { PAIRS, tokensOf } from '../../src/inbox/search/tokens.ts';
import { listOps } from '../../src/inbox/sqlite/archive/list.ts';
import { transaction } from '../../src/inbox/sqlite/database.ts';
import { openDatabase } from '../../src/inbox/sqlite/file/open-database.ts';
import { migrate } from '../../src/inbox/sqlite/migrate.ts';
import { searchWriter } from '../../src/inbox/sqlite/search/write.ts';
import { databaseIn } from '../data-dir.ts';
import type { Measure, Scenario } from '../measure.ts';
import { again, destinationOf, madeEvent, QUESTIONS } from '../search/questions.ts';
import { median } from '../stats.ts';

/** BENCH_SEARCH=10000000 for the figures in docs/performance.md. */
export const SEARCHED = Number(process.env['BENCH_SEARCH'] ?? 500_000);
const ASKED = 7;

type Db = ReturnType<typeof openDatabase>;

/** How long the dashboard's questions take, over events made for them: what is stored already would be given their words. */
export const search: Scenario = async ({ inDataDir, isFull }) => (isFull ? [] : inDataDir(askAll));

async function askAll(dataDir: string): Promise<Measure[]> {
  const db = openDatabase({ path: databaseIn(dataDir), access: 'create', busyTimeoutMs: 1_000 });
  migrate(db, databaseIn(dataDir), { copies: false });
  db.exec('PRAGMA synchronous = OFF');
  const before = sizeOf(db);
  fillEvents(db, SEARCHED);
  const events = sizeOf(db);
  const cpu = process.threadCpuUsage();
  fillSearch(db, SEARCHED);
  const { user, system } = process.threadCpuUsage(cpu);
  const bytes = (sizeOf(db) - events) / SEARCHED;
  process.stderr.write(`  ${(events - before) / SEARCHED} bytes an event, ${bytes} to find it\n`);
  const { list } = listOps(db);
  const measures: Measure[] = Object.entries(QUESTIONS).map(([name, filter]) => {
    const times = Array.from({ length: ASKED }, () => {
      const began = performance.now();
      list({ ...filter, limit: 50 });
      return performance.now() - began;
    });
    return { name: `search: ${name}`, value: median(times), unit: 'ms', bar: { atMost: 50 } };
  });
  db.close();
  return [
    { name: 'search: to put an event into it', value: (user + system) / SEARCHED, unit: 'µs CPU' },
    { name: 'search: disk an event', value: bytes, unit: 'bytes', bar: { atMost: 100 } },
    ...measures,
  ];
}

function sizeOf(db: Db): number {
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  return Number(Object.values(db.prepare('PRAGMA page_count').get() ?? {})[0]) * 4096;
}

const AT_ONCE = 64;

function fillEvents(db: Db, count: number): void {
  const event = db.prepare(`
    INSERT INTO events (source, delivery_id, guid, type, action, repo, state, body_size, headers_size, segment_id, segment_offset,
                        secret_no, received_at, stored_at)
    VALUES (?, ?, '', ?, ?, ?, ?, 1, 1, 1, 0, 1, ?, 0)`);
  const told = db.prepare(`
    INSERT INTO notifications (event_id, destination, rule, state, dedup_key, is_replay) VALUES (?, ?, 'news', 'sent', ?, 0)`);
  again();
  for (let n = 0; n < count; n += 10_000) {
    transaction(db, () => {
      for (let id = n + 1; id <= Math.min(count, n + 10_000); id++) {
        const { source, type, action, repo, state } = madeEvent();
        event.run(source, String(id).padStart(9, '0'), type, action, repo, state, id);
        if (state === 'routed') told.run(id, destinationOf(id), String(id).padStart(9, '0'));
      }
    });
  }
}

function fillSearch(db: Db, count: number): void {
  const write = searchWriter(db);
  again();
  for (let n = 0; n < count; n += AT_ONCE) {
    transaction(db, () => {
      for (let id = n + 1; id <= Math.min(count, n + AT_ONCE); id++) {
        const { searched, ...facts } = madeEvent();
        write.put(id, tokensOf(facts, searched, PAIRS));
      }
      write.settle();
    });
    if (n % 16_384 === 0) db.exec('PRAGMA wal_checkpoint(PASSIVE)');
  }
}
