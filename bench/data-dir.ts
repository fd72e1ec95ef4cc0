import { randomUUID } from 'node:crypto';
import { closeSync, copyFileSync, fsyncSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewEvent } from '../src/model/event.ts';
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
