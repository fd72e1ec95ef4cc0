import assert from 'node:assert/strict';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { dataDir } from './support/data-dir.ts';
import { deliver } from './support/github.ts';
import { issueOpened } from './support/payloads.ts';
import { runServer, runTidings } from './support/tidings-process.ts';

test('a receiver makes the admin token as it starts, for its owner alone; a worker makes none', async () => {
  await using dir = await dataDir();
  await using work = await runTidings(['work'], dir.path);
  await work.printed(/Look:/);
  assert(!(await readdir(dir.path)).includes('admin-token'));
  await using receive = await runTidings(['receive'], dir.path, { PUBLIC_URL: 'https://hooks.example.com' });
  await receive.printed(/^Admin {6}token kept in \.\/admin-token +\(needed for: /m);
  assert.equal((await stat(join(dir.path, 'admin-token'))).mode & 0o777, 0o600);
});

test('a token that can be neither read nor written is a warning: webhooks are taken all the same', async () => {
  await using dir = await dataDir();
  await mkdir(join(dir.path, 'admin-token'));
  await using server = await runServer('receive', dir.path);
  await server.printed(/what asks for the admin token stays closed. ADMIN_TOKEN: .* cannot be read: it is a directory/);
  assert.equal((await deliver(server.url, issueOpened(1))).status, 200);
  assert.doesNotMatch(server.output.stderr, /^Admin/m);
});
