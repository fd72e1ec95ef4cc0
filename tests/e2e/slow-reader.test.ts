import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { NewEvent } from '../../src/model/event.ts';
import { dataDir, openInbox } from '../support/data-dir.ts';
import { deliver } from '../support/github.ts';
import { issueOpened } from '../support/payloads.ts';
import { runServer, SECRET } from '../support/tidings-process.ts';

const BIN = fileURLToPath(new URL('../../bin/tidings.js', import.meta.url));
/** With 300 bytes for each as JSON: many times what a pipe holds. */
const EVENTS = 3_000;
/** Hundreds of times that. */
const LARGE = Buffer.from(randomBytes(6_000_000).toString('hex'));

const open = new AsyncDisposableStack();
let env: Record<string, string | undefined>;

function event(n: number, body: Buffer): NewEvent {
  const about = { origin: 'webhook', source: 'github', type: 'push', headers: {}, receivedAt: n, secretNo: 1 } as const;
  return { ...about, deliveryId: `delivery-${n}`, guid: `guid-${n}`, body };
}

before(async () => {
  const { path } = open.use(await dataDir());
  env = { PATH: process.env['PATH'], DATA_DIR: path, GITHUB_WEBHOOK_SECRET: SECRET, NO_COLOR: '1' };
  await using inbox = await openInbox(path);
  await inbox.append(event(1, LARGE));
  await Promise.all(
    Array.from({ length: EVENTS - 1 }, (_, index) => inbox.append(event(index + 2, Buffer.from('{}')))),
  );
});
after(() => open.disposeAsync());

function tidings(args: readonly string[], stdout: 'pipe' | number = 'pipe'): ChildProcess {
  return spawn(process.execPath, [BIN, ...args], { env, stdio: ['ignore', stdout, 'pipe'] });
}

/** Everything, piece by piece, each after everything else had its turn. */
async function readSlowly(child: ChildProcess): Promise<Buffer> {
  const exited = once(child, 'exit');
  const pieces: Buffer[] = [];
  for await (const piece of child.stdout ?? []) {
    pieces.push(piece as Buffer);
    await new Promise(setImmediate);
  }
  assert.deepEqual(await exited, [0, null]);
  return Buffer.concat(pieces);
}

test('a body of 12 MB reaches a slow reader whole', async () => {
  const read = await readSlowly(tidings(['events', 'show', '1', '--raw']));
  const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  assert.deepEqual([read.length, digest(read)], [LARGE.length, digest(LARGE)]);
});

test('every line of a long list reaches a slow reader', async () => {
  const lines = (await readSlowly(tidings(['events', '--json', '--limit', '10000000'])))
    .toString()
    .trimEnd()
    .split('\n');
  const ids = lines.map((line) => (JSON.parse(line) as { readonly id: number }).id);
  assert.deepEqual(
    ids,
    Array.from({ length: EVENTS }, (_, index) => EVENTS - index),
  );
});

test('a reader who stops reading keeps nobody who is told to stop', async () => {
  const child = tidings(['events', '--json', '--limit', '10000000']);
  const exited = once(child, 'exit');
  await once(child.stdout ?? child, 'readable');
  child.kill('SIGTERM');
  assert.deepEqual(await exited, [130, null]);
  child.stdout?.destroy();
});

test('a full disk is a failure, not half a file', { skip: process.platform !== 'linux' }, async () => {
  const full = openSync('/dev/full', 'w');
  const child = tidings(['events', '--json'], full);
  closeSync(full);
  let talk = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (talk += text));
  assert.deepEqual(await once(child, 'close'), [1, null]);
  assert.match(talk, /^Error: The output cannot be written: ENOSPC[^\n]*\n$/);
});

test('a file that takes a part is not taken for whole', { skip: process.platform === 'win32' }, () => {
  const file = join(env['DATA_DIR'] ?? '', 'part');
  const shell = `trap '' XFSZ; ulimit -f 1000; "${process.execPath}" "${BIN}" events show 1 --raw > "${file}"`;
  const { status, stderr } = spawnSync('sh', ['-c', shell], { env, encoding: 'utf8' });
  assert.deepEqual([status, statSync(file).size < LARGE.length], [1, true]);
  assert.match(stderr, /^Error: The output cannot be written: EFBIG/m);
});

test('a server goes on when nobody reads its log, and ends when it is told to', async () => {
  await using data = await dataDir();
  await using server = await runServer('start', data.path, { LOG_LEVEL: 'debug' });
  server.child.stderr?.pause();
  // 175 bytes of log for each.
  const answers = await Promise.all(Array.from({ length: 1_000 }, (_, n) => deliver(server.url, issueOpened(n))));
  assert(answers.every(({ status }) => status === 200));
  server.child.kill('SIGTERM');
  await once(server.child, 'exit');
  assert.equal(server.child.exitCode, 0);
  server.child.stderr?.resume();
});
