import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { openLink } from './link.ts';
import { openMovedClock } from './moved.ts';
import { scheduleOf } from './schedule.ts';

const HOUR_MS = 3_600_000;

test('what goes wrong when, the seed alone says', () => {
  const schedule = scheduleOf('sqlite', 7, HOUR_MS);
  assert.deepEqual(scheduleOf('sqlite', 7, HOUR_MS), schedule);
  assert.notDeepEqual(scheduleOf('sqlite', 8, HOUR_MS), schedule);
  assert.ok(schedule.filter(({ kind }) => kind === 'kill').length > 500);
});

test('a link passes, refuses, mutes, resets and holds; what is held goes on, and each is well again', async () => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked++;
    response.setHeader('connection', 'close').end('yes');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await using link = await openLink((server.address() as AddressInfo).port);
  const ask = async () => (await fetch(`http://127.0.0.1:${link.port}/`)).text();
  const failing = async () => {
    await assert.rejects(ask());
    return asked;
  };
  assert.equal(await ask(), 'yes');
  await link.turn('refuse');
  assert.equal(await failing(), 1);
  await link.turn('reset');
  assert.equal(await failing(), 2);
  await link.turn('hold');
  const held = ask();
  await link.turn('slow');
  assert.equal(await held, 'yes');
  await link.turn('mute');
  const muted = ask();
  await new Promise<void>((resolve) => server.once('request', () => resolve()));
  assert.equal(asked, 4);
  await link.turn('pass');
  assert.equal(await muted, 'yes');
  server.close();
});

test('a process and its threads read a clock that is moved while they run', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-clock-'));
  using clock = openMovedClock(join(folder, 'clock'));
  clock.set(HOUR_MS);
  const program = `new (require('node:worker_threads').Worker)('console.log(Date.now())', { eval: true }); console.log(Date.now())`;
  const env = { ...process.env, ...clock.env };
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], { env });
  const ahead = stdout
    .trim()
    .split('\n')
    .map((time) => Number(time) - Date.now());
  assert.equal(ahead.length, 2);
  for (const ms of ahead) assert.ok(ms > HOUR_MS / 2, stdout);
  await rm(folder, { recursive: true });
});
