import assert from 'node:assert/strict';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { dataDir } from '../support/data-dir.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';
import { runInTerminal } from '../support/terminal.ts';

const NOTHING = { GITHUB_WEBHOOK_SECRET: undefined };

test('at a terminal three questions are asked, and what was answered is in the files', async () => {
  await using dir = await dataDir();
  await using session = runInTerminal(['init'], dir.path);
  await session.shows(/Writes \.\/tidings\.yaml \(what to post\) and \.\/\.env \(secrets, mode 0600\)/);
  await session.choose(/What shall be posted\?/, 'down', 'enter');
  await session.answer(/Of which repositories\?/, 'acme');
  await session.shows(/"acme" is compared with "owner\/name"/);
  await session.answer(/Of which repositories\?/, '/* !acme/sandbox');
  await session.choose(/Also what bots do\?/, 'enter');
  assert.equal(await session.ended, 0);
  assert.match(session.text, /Next:\s+npx tidings start/);
  const yaml = await readFile(join(dir.path, 'tidings.yaml'), 'utf8');
  assert.match(yaml, /pull_request: \[opened, ready_for_review, merged, closed\]/);
  assert.match(yaml, /repos: \["acme\/\*", "!acme\/sandbox"\]\n {4}ignore: \[bots\]/);
  const env = await readFile(join(dir.path, '.env'), 'utf8');
  const secret = /^GITHUB_WEBHOOK_SECRET=([0-9a-f]{64})$/m.exec(env)?.[1] ?? '';
  assert.notEqual(secret, '');
  assert(!session.raw.includes(secret), 'no secret on the screen');
  assert.equal((await stat(join(dir.path, '.env'))).mode & 0o777, 0o600);
});

test('what init wrote is what start takes, and a second init overwrites nothing', async () => {
  await using dir = await dataDir();
  assert.equal((await inProcess(['init', '--yes'], dir.path, NOTHING)).code, 0);
  await using server = await serverInProcess('start', dir.path, NOTHING);
  assert.match(server.output.stderr, /Secret +from GITHUB_WEBHOOK_SECRET/);
  const before = await Promise.all(['tidings.yaml', '.env'].map((name) => readFile(join(dir.path, name), 'utf8')));
  const again = await inProcess(['init', '--yes', '--tell', 'everything'], dir.path, NOTHING);
  assert.match(again.stderr, /tidings\.yaml: there already, left as it is\n[^]*a webhook secret is set already, left/);
  assert.deepEqual(
    await Promise.all(['tidings.yaml', '.env'].map((name) => readFile(join(dir.path, name), 'utf8'))),
    before,
  );
});

test('a secret that start generated, and GitHub may know, is the one in .env', async () => {
  await using dir = await dataDir();
  await writeFile(join(dir.path, 'github-secret'), 'kept-since-the-first-start\n', { mode: 0o600 });
  await inProcess(['init', '--yes'], dir.path, NOTHING);
  assert.equal(await readFile(join(dir.path, '.env'), 'utf8'), 'GITHUB_WEBHOOK_SECRET=kept-since-the-first-start\n');
});

test('without a terminal it says which flags answer, and writes nothing; a wrong flag is told', async () => {
  await using dir = await dataDir();
  const asked = await inProcess(['init'], dir.path, NOTHING);
  assert.deepEqual([asked.code, await readdir(dir.path)], [2, []]);
  assert.match(asked.stderr, /no terminal to ask on: "What shall be posted\?.*add --yes to take the defaults/);
  const wrong = await inProcess(['init', '--yes', '--repos', 'acme'], dir.path, NOTHING);
  assert.deepEqual([wrong.code, await readdir(dir.path)], [2, []]);
  assert.match(wrong.stderr, /"acme" is compared with "owner\/name"/);
});

test('cancelled, it leaves nothing behind', async () => {
  await using dir = await dataDir();
  await using session = runInTerminal(['init'], dir.path);
  await session.choose(/What shall be posted\?/, 'enter');
  await session.choose(/Of which repositories\?/, 'ctrl-c');
  assert.equal(await session.ended, 130);
  assert.match(session.text, /Cancelled\./);
  assert.deepEqual(await readdir(dir.path), []);
});
