import { hash, randomUUID } from 'node:crypto';
import { closeSync, copyFileSync, fsyncSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteInbox } from '../src/inbox/sqlite/sqlite-inbox.ts';
import type { NewEvent } from '../src/model/event.ts';
import type { Expansion } from '../src/model/inbox/backlog.ts';
import { systemClock } from '../src/shared/clock.ts';
import { body } from './deliveries.ts';

/** Benchmarks write where the machine's real disk is: BENCH_DIR, or the system's temporary folder. */
const BASE = process.env['BENCH_DIR'] ?? tmpdir();

export function createDataDirs(seed: string | null) {
  return async <T>(work: (dataDir: string) => Promise<T>): Promise<T> => {
    mkdirSync(BASE, { recursive: true });
    const dataDir = mkdtempSync(join(BASE, 'tidings-bench-'));
    try {
      if (seed !== null) copyDurably(databaseIn(seed), databaseIn(dataDir));
      return await work(dataDir);
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  };
}

/** Waits for the disk: else every fsync that is measured next would also wait for a gigabyte of somebody else's writing. */
function copyDurably(from: string, to: string): void {
  copyFileSync(from, to);
  const descriptor = openSync(to, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

export const databaseIn = (dataDir: string): string => join(dataDir, 'tidings.db');

export function newEvent(n: number): NewEvent {
  const content = body('issues.opened', n);
  const guid = randomUUID();
  return {
    source: 'github',
    deliveryId: `4711:${guid}`,
    guid,
    type: 'issues',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/044aadd',
      'x-github-event': 'issues',
      'x-github-delivery': guid,
      'x-github-hook-id': '4711',
    },
    body: content,
    receivedAt: systemClock.now(),
    secretNo: 1,
    origin: 'webhook',
  };
}

const SKIPPED: Omit<Expansion, 'eventId' | 'bodyDigest'> = {
  state: 'skipped',
  reason: 'no rule is about issues.labeled',
  action: 'labeled',
  repo: 'acme/api',
  trace: {
    kind: 'issues.labeled',
    rules: [
      {
        rule: 'classics',
        result: 'no_match',
        checks: [{ check: 'on', wanted: 'issues.opened', actual: 'issues.labeled', ok: false }],
        to: ['console'],
      },
    ],
  },
  searched: { actor: 'mona', text: '#7 Retry uploads that time out' },
  notifications: [],
  settle: null,
  news: null,
  result: null,
  unrelatedSources: [],
  bodyMayRepeat: false,
};

/** A database with `count` finished events of 12 kB, committed in groups as a busy receiver would. */
export async function seedDatabase(dataDir: string, count: number, from: number): Promise<void> {
  await using inbox = await openSqliteInbox({ path: databaseIn(dataDir), clock: systemClock });
  const [lease] = await inbox.acquire('seed', ['expand'], 3_600_000);
  if (lease === undefined) throw new Error('the seed could not lease the expander');
  for (let done = 0; done < count; ) {
    const size = Math.min(256, count - done);
    const events = Array.from({ length: size }, (_, index) => newEvent(from + done + index));
    const appended = await Promise.all(events.map((event) => inbox.append(event)));
    const expansions = appended.map(({ id }, index) => ({
      ...SKIPPED,
      eventId: id,
      bodyDigest: hash('sha256', events[index]?.body ?? '', 'buffer'),
    }));
    await inbox.expand(lease, expansions);
    done += size;
    if (done % 102_400 === 0)
      process.stderr.write(`  ${done.toLocaleString('en')} of ${count.toLocaleString('en')} events stored\n`);
  }
  await inbox.release('seed');
}
