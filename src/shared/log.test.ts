import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLog, patientStream } from './log.ts';

const LINE = 'x'.repeat(1_000);
const LINES = 5_000;

test('a reader who stops costs 1 MiB of memory at most, and hears how many lines he missed', async () => {
  const written: string[] = [];
  let read = Promise.withResolvers<void>();
  const log = createLog(
    'info',
    patientStream((line) => {
      written.push(line);
      return read.promise;
    }),
  );
  for (let n = 0; n < LINES; n++) log.info(LINE);
  const bytes = written.reduce((sum, line) => sum + line.length, 0);
  assert(bytes > 1_000_000 && bytes <= 1024 * 1024, `${bytes} bytes wait`);
  const kept = written.length;
  read.resolve();
  await read.promise;
  await new Promise(setImmediate);
  read = Promise.withResolvers();
  log.info('back');
  const [loss, back] = written.slice(kept).map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual([loss?.['lost'], loss?.['level'], back?.['msg']], [LINES - kept, 40, 'back']);
  assert.match(String(loss?.['msg']), /^[\d,]+ log lines before this one were lost/);
  assert.equal(written.length, kept + 2);
});

test('lines that cannot be written are counted, and nothing is thrown', async () => {
  const written: string[] = [];
  let isFull = true;
  const log = createLog(
    'info',
    patientStream(async (line) => {
      if (isFull) throw new Error('ENOSPC');
      written.push(line);
    }),
  );
  for (const line of ['a', 'b', 'c']) {
    log.info(line);
    await new Promise(setImmediate);
  }
  isFull = false;
  log.info('d');
  assert.deepEqual(
    written.map((line) => (JSON.parse(line) as { readonly lost?: number }).lost),
    [3, undefined],
  );
});
