import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually } from '../../src/accept/kit.test.ts';
import { openBrowser, openerOf } from '../../src/cli/commands/dashboard/open-browser.ts';
import { dataDir } from '../support/data-dir.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';

const ADMIN_TOKEN = 'an-admin-token-for-this-test';

test('where nothing listens it says so, and what to do: exit code 4', async () => {
  await using dir = await dataDir();
  const { code, stdout, stderr } = await inProcess(['dashboard'], dir.path);
  assert.deepEqual([code, stdout], [4, '']);
  assert.match(stderr, /Nothing answers at http:\/\/localhost:1\. Start it with/);
});

test('where this machine is let in, the address is all it takes', async () => {
  await using dir = await dataDir();
  await using server = await serverInProcess('receive', dir.path);
  const { code, stdout, stderr } = await inProcess(['dashboard'], dir.path, { PORT: String(server.port) });
  assert.deepEqual([code, stdout, stderr], [0, `http://localhost:${server.port}/\n`, '']);
});

test('elsewhere it holds a code, and never the token', async () => {
  await using dir = await dataDir();
  const env = { ADMIN_TOKEN, PUBLIC_URL: 'http://nowhere.invalid/tidings' };
  await using server = await serverInProcess('receive', dir.path, env);
  const shown = await inProcess(['dashboard', '--print'], dir.path, { ...env, PORT: String(server.port) });
  assert.equal(shown.code, 0);
  assert.match(shown.stdout, new RegExp(`^http://localhost:${server.port}/tidings/login\\?code=[\\w-]{51}\n$`));
  assert.doesNotMatch(shown.stdout + shown.stderr, new RegExp(ADMIN_TOKEN));
});

test('who does not have the admin token gets no code: exit code 2, and none is made', async () => {
  await using dir = await dataDir();
  await using other = await dataDir();
  await using server = await serverInProcess('receive', dir.path, { LOOPBACK_OPEN: 'false' });
  const env = { LOOPBACK_OPEN: 'false', PORT: String(server.port) };
  const { code, stderr } = await inProcess(['dashboard'], other.path, env);
  assert.equal(code, 2);
  assert.match(stderr, /Nobody here knows the admin token/);
  await assert.rejects(readFile(join(other.path, 'admin-token')), { code: 'ENOENT' });
});

test('a browser is opened where there is a screen, and a program for it', async () => {
  await using dir = await dataDir();
  const bin = join(dir.path, 'bin');
  await mkdir(bin);
  const opened = join(dir.path, 'opened');
  await writeFile(join(bin, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" >'${opened}'\n`);
  await chmod(join(bin, 'xdg-open'), 0o755);
  assert.equal(openerOf('linux', { PATH: bin }), null);
  assert.equal(openerOf('linux', { PATH: dir.path, DISPLAY: ':0' }), null);
  assert.deepEqual(openerOf('linux', { PATH: bin, WAYLAND_DISPLAY: 'wayland-0' }), [join(bin, 'xdg-open')]);
  assert.equal(await openBrowser('http://localhost:3000/', { PATH: bin, DISPLAY: ':0' }), true);
  const isOpened = () => existsSync(opened) && readFileSync(opened, 'utf8') === 'http://localhost:3000/';
  await eventually(isOpened, 'the browser is asked');
});
