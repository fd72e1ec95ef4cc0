import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startMatrixDouble } from '../../../../tests/doubles/matrix-double.ts';
import { dataDir } from '../../../../tests/support/data-dir.ts';
import { inProcess } from '../../../../tests/support/in-process.ts';
import { systemClock } from '../../../shared/clock.ts';
import { Secret } from '../../../shared/secret.ts';
import { check } from './check.ts';

test('a room is found by its name, joined, proved with a hello, and kept by its id', async () => {
  await using dir = await dataDir();
  await using matrix = await startMatrixDouble({ hasJoined: false });
  const argv = ['connect', 'matrix', `--homeserver=${matrix.origin}`, `--room=${matrix.alias}`];
  const env = { MATRIX_ACCESS_TOKEN: matrix.token };
  const dry = await inProcess([...argv, '--dry-run'], dir.path, env);
  assert.match(dry.stderr, /Posts one hello to the room #dev:example.org as @tidings:example.org/);
  assert.deepEqual([matrix.events.length, existsSync(join(dir.path, '.env'))], [0, false]);
  const { code, stderr } = await inProcess(argv, dir.path, env);
  assert.equal(code, 0, stderr);
  assert.match(matrix.events[0]?.body ?? '', /Tidings is connected/);
  const kept = readFileSync(join(dir.path, '.env'), 'utf8');
  for (const value of [matrix.origin, matrix.token, matrix.room]) assert.ok(kept.includes(value), value);
  assert.ok(!(stderr + dry.stderr).includes(matrix.token));
  assert.deepEqual(matrix.violations, []);
});

test('an encrypted room, and no room at all, are told and not kept', async () => {
  await using dir = await dataDir();
  await using matrix = await startMatrixDouble({ isEncrypted: true });
  const env = { MATRIX_ACCESS_TOKEN: matrix.token, MATRIX_HOMESERVER: matrix.origin };
  const encrypted = await inProcess(['connect', 'matrix', `--room=${matrix.room}`], dir.path, env);
  assert.match(encrypted.stderr, /Not connected, nothing was written: the room is encrypted/);
  const none = await inProcess(['connect', 'matrix'], dir.path, env);
  assert.match(none.stderr, /Say where: add --room/);
  assert.equal(existsSync(join(dir.path, '.env')), false);
});

test('doctor says who posts where, and what to mend, and posts nothing', async () => {
  await using matrix = await startMatrixDouble();
  const asking = {
    signal: new AbortController().signal,
    clock: systemClock,
    version: '0',
    env: {},
    invocation: 'tidings',
  };
  const finding = async (token: string, homeserver: string) => {
    const settings = {
      homeserver,
      access_token: new Secret(token),
      room_id: matrix.room,
      thread: true,
      per_minute: 12,
    } as const;
    return (await check('team', settings, asking))[0];
  };
  const good = await finding(matrix.token, matrix.origin);
  assert.deepEqual(
    [good?.status, good?.detail],
    ['ok', `@tidings:example.org posts to ${matrix.room}; nothing was posted`],
  );
  assert.equal(
    (await finding('another-token-of-nobody', matrix.origin))?.fix,
    'Mend that, or connect anew: tidings connect matrix',
  );
  assert.equal((await finding(matrix.token, 'http://127.0.0.1:1'))?.status, 'warn');
  assert.deepEqual(matrix.events, []);
});
