import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { dataDir, drained, openInbox, records } from '../support/data-dir.ts';
import { deliver, delivery } from '../support/github.ts';
import { inProcess, serverInProcess } from '../support/in-process.ts';
import { issueOpened } from '../support/payloads.ts';
import { runCommand } from '../support/run-command.ts';
import { freePort, runServer, runTidings, SECRET } from '../support/tidings-process.ts';

const ONE_SENTENCE = /^Error: [^\n]+\n?(\n?[^\n]*)?$/;

describe('storage in trouble', () => {
  test('a full disk is answered 503 with Retry-After, loses nothing, and is well again when there is room', async (t) => {
    if (spawnSync('prlimit', ['--version']).status !== 0)
      return t.skip('needs prlimit (util-linux) to fill and free a disk');
    await using dir = await dataDir();
    // What the disk refuses is a write past the limit (EFBIG), which can be lifted while the process runs.
    await using server = await runServer('start', dir.path);
    const pid = String(server.child.pid);
    const limit = (bytes: string) => assert.equal(spawnSync('prlimit', ['--pid', pid, `--fsize=${bytes}`]).status, 0);
    limit('2000000:unlimited');
    const acknowledged: number[] = [];
    let refused = 0;
    for (let n = 1; refused < 3; n++) {
      const noise = Array.from({ length: 4_000 }, () => Math.random()).join();
      const { status, body, headers } = await deliver(server.url, delivery('issues', { action: 'edited', n, noise }));
      if (status === 200) acknowledged.push(body.id ?? 0);
      else {
        assert.deepEqual([status, body.error?.code, headers['retry-after']], [503, 'unavailable', '5']);
        refused++;
      }
      assert(n < 500, 'the disk never filled');
    }
    assert(acknowledged.length > 3);
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    assert(server.output.stderr.split('\n').length < 60, server.output.stderr);

    limit('unlimited:unlimited');
    const after = await deliver(server.url, issueOpened(1));
    assert.equal(after.status, 200);
    await using inbox = await openInbox(dir.path);
    await drained(inbox);
    const stored = await records(inbox);
    assert.deepEqual(
      stored.map(({ id }) => id),
      [...acknowledged, after.body.id],
    );
    assert.equal(stored.at(-1)?.notifications[0]?.state, 'sent');
    assert.equal(await server.stop(), 0);
  });

  test('a database that another program keeps locked is answered 503, and is well again after', async (t) => {
    await using dir = await dataDir();
    await using server = await runServer('start', dir.path);
    assert.equal((await deliver(server.url, issueOpened(1))).status, 200);
    // The worker may be writing at this moment.
    using other = Object.assign(new DatabaseSync(join(dir.path, 'tidings.db'), { timeout: 60_000 }), {
      [Symbol.dispose]: () => other.close(),
    });
    other.exec('BEGIN IMMEDIATE');
    const began = performance.now();
    const refused = await Promise.all([2, 4, 5, 6].map((n) => deliver(server.url, issueOpened(n))));
    const tookMs = performance.now() - began;
    t.diagnostic(`all answered after ${Math.round(tookMs)} ms (GitHub waits 10 s)`);
    for (const { status, headers } of refused) assert.deepEqual([status, headers['retry-after']], [503, '5']);
    other.exec('ROLLBACK');
    assert.equal((await deliver(server.url, issueOpened(3))).status, 200);
  });

  test('a database that is taken away while running: 503, in the log, in /readyz and by doctor; put back, it goes on', async () => {
    await using dir = await dataDir();
    await using server = await serverInProcess('start', dir.path);
    const path = join(dir.path, 'tidings.db');
    assert.equal((await deliver(server.url, issueOpened(1))).status, 200);
    await rename(path, `${path}.aside`);
    for (const n of [2, 3]) assert.equal((await deliver(server.url, issueOpened(n))).status, 503);
    const ready = await fetch(`${server.url}/readyz`);
    const { checks } = (await ready.json()) as { readonly checks: { readonly database: { readonly detail: string } } };
    assert.equal(ready.status, 503);
    const doctor = await inProcess(['doctor'], dir.path, { PORT: String(server.port) });
    assert.equal(doctor.code, 1);
    for (const said of [checks.database.detail, server.output.stderr, doctor.stdout]) {
      assert.match(said, /tidings\.db was deleted or moved away while in use: nothing is stored until it is put back/);
    }
    await rename(`${path}.aside`, path);
    assert.equal((await deliver(server.url, issueOpened(4))).status, 200);
    await using inbox = await openInbox(dir.path);
    await drained(inbox);
    const told = (await records(inbox)).map(({ notifications }) => notifications[0]?.state);
    assert.deepEqual(told, ['sent', 'sent']);
    assert.equal(await server.stop(), 0);
  });

  test('a DATA_DIR where nothing can be made: one sentence, at once', {
    skip: process.platform !== 'linux',
  }, async () => {
    await using dir = await dataDir();
    await writeFile(join(dir.path, 'file'), '');
    for (const place of [
      '/proc/tidings',
      '/proc/self/tidings/deep',
      '/dev/null',
      '/dev/null/deep',
      join(dir.path, 'file'),
    ]) {
      // The first thing that is made there is the secret, where none is set, or the database.
      for (const [secret, wanted] of Object.entries({ '': 2, [SECRET]: 1 })) {
        const env = { DATA_DIR: place, GITHUB_WEBHOOK_SECRET: secret };
        const { code, stderr } = await inProcess(['start'], dir.path, env);
        assert.equal(code, wanted, stderr);
        assert.match(stderr, /part of its path is a file|no (?:folder|directory) can be made there/, place);
      }
    }
  });

  test('a file that is no database: one sentence, exit code 1, and the file is left alone', async () => {
    await using dir = await dataDir();
    const path = join(dir.path, 'tidings.db');
    const bytes = Buffer.from('This is not a database, it is somebody’s letter. '.repeat(100));
    await writeFile(path, bytes);
    for (const [args, run] of [
      [['start'], runCommand],
      [['work'], inProcess],
      [['events'], inProcess],
    ] as const) {
      const { code, stderr } = await run(args, dir.path, { PORT: String(await freePort()) });
      assert.equal(code, 1, stderr);
      assert.match(stderr, /tidings\.db cannot be opened: it is not a database.*restore a backup/, args.join(' '));
      assert.doesNotMatch(stderr, /\n\s+at /);
      assert.match(stderr, ONE_SENTENCE);
    }
    assert((await readFile(path)).equals(bytes));
  });

  test('a database of a newer Tidings is refused with what to do, and left alone', async () => {
    await using dir = await dataDir();
    await using first = await serverInProcess('start', dir.path);
    assert.equal(await first.stop(), 0);
    const db = new DatabaseSync(join(dir.path, 'tidings.db'));
    db.exec('PRAGMA user_version = 999');
    db.close();
    const { code, stderr } = await inProcess(['start'], dir.path, { PORT: String(await freePort()) });
    assert.equal(code, 1);
    assert.match(stderr, /schema version 999.*newer Tidings: install that version again/);
    assert.doesNotMatch(stderr, /\n\s+at /);
  });

  test('a database that may not be written: one sentence that names it', async (t) => {
    if (process.getuid?.() === 0) return t.skip('root may write everything');
    await using dir = await dataDir();
    await using first = await serverInProcess('start', dir.path);
    assert.equal(await first.stop(), 0);
    await chmod(join(dir.path, 'tidings.db'), 0o400);
    await chmod(dir.path, 0o500);
    const { code, stderr } = await inProcess(['start'], dir.path, { PORT: String(await freePort()) });
    await chmod(dir.path, 0o700);
    assert.equal(code, 1);
    assert.match(stderr, /tidings\.db/);
    assert.doesNotMatch(stderr, /\n\s+at /);
  });

  test('a port in use: which, and what to type', async () => {
    await using dir = await dataDir();
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    const { code, stderr } = await inProcess(['start'], dir.path, { PORT: String(port) });
    other.close();
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`port ${port} is .*PORT=${port + 1}`, 'i'));
    assert.doesNotMatch(stderr, /\n\s+at /);
  });

  test('a second `start` on the same folder and another port works beside the first', async () => {
    await using dir = await dataDir();
    await using first = await serverInProcess('start', dir.path);
    await using second = await runTidings(['start'], dir.path);
    await second.printed(/^Tidings/m);
    assert.equal((await deliver(first.url, issueOpened(1))).status, 200);
    assert.equal((await deliver(second.url, issueOpened(2))).status, 200);
    await using inbox = await openInbox(dir.path);
    await drained(inbox);
    assert.deepEqual(
      (await records(inbox)).map(({ state }) => state),
      ['routed', 'routed'],
    );
  });
});
