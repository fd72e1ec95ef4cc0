import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import type { Output } from '../../src/cli/cli-io.ts';
import { readLines } from '../../src/jobs/archive/read-lines.ts';
import { newEvent, routed } from '../fixtures/stored.ts';
import { configure, dataDir, openInbox } from '../support/data-dir.ts';
import { type RunOptions, type RunResult, runWith, SECRET } from './test-cli.ts';

const open = new AsyncDisposableStack();
let filled: string;

/** 600 events: 300 of acme/api that were told, 300 pending. */
before(async () => {
  filled = open.use(await dataDir()).path;
  await using inbox = await openInbox(filled);
  const bodies = [randomBytes(50), Buffer.from('{"é":"\\u0000 ♥"}\n'), Buffer.from('﻿{}'), Buffer.alloc(0)];
  const appended = await Promise.all(
    Array.from({ length: 600 }, (_, n) =>
      inbox.append(newEvent({ receivedAt: n, ...(bodies[n] && { body: bodies[n] }) })),
    ),
  );
  const [expander] = await inbox.acquire('a', ['expand'], 10_000);
  assert(expander);
  await inbox.expand(
    expander,
    appended.slice(0, 300).map(({ id }) => routed(id, [])),
  );
});
after(() => open.disposeAsync());

function tidings(path: string, argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return runWith({ env: { DATA_DIR: path, GITHUB_WEBHOOK_SECRET: SECRET }, cwd: path }, argv, options);
}

async function emptyPlace(): Promise<string> {
  return open.use(await dataDir()).path;
}

async function linesOf(file: string | Buffer): Promise<readonly Record<string, unknown>[]> {
  const bytes = typeof file === 'string' ? readFileSync(file) : file;
  const lines: Record<string, unknown>[] = [];
  for await (const line of readLines(Readable.from([bytes]))) lines.push(JSON.parse(line));
  return lines;
}

/** What importing leaves as it was. */
function asThere(line: Record<string, unknown>): Record<string, unknown> {
  const { id: _, stored_at: _1, body_digest: _2, expanded_at: _3, state: _4, reason: _5, ...rest } = line;
  return rest;
}

/** Takes each piece only when everything else had its turn. */
function slowReader() {
  const seen = { pieces: [] as Buffer[], waiting: 0, mostWaiting: 0 };
  let last = Promise.resolve();
  const reader: Output = {
    isTTY: false,
    columns: 80,
    write: (chunk) => {
      seen.mostWaiting = Math.max(seen.mostWaiting, ++seen.waiting);
      last = new Promise((resolve) => {
        setImmediate(() => {
          seen.waiting--;
          seen.pieces.push(Buffer.from(chunk));
          resolve();
        });
      });
      return last;
    },
    written: () => last,
  };
  return { reader, seen };
}

test('what is exported and imported is exported the same again, and nothing of it twice', async () => {
  const [file, again, elsewhere] = [join(filled, 'all.jsonl.zst'), join(filled, 'again.jsonl'), await emptyPlace()];
  const exported = await tidings(filled, ['export', '-o', file]);
  assert.deepEqual([exported.code, exported.stderr], [0, `Exported 600 events to ${file}.\n`]);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const imported = await tidings(elsewhere, ['import', file]);
  assert.deepEqual([imported.code, imported.stderr], [0, `${file}: imported 600 events.\n`]);
  const twice = await tidings(elsewhere, ['import', file, '--json']);
  assert.deepEqual(JSON.parse(twice.stdout), { file, imported: 0, known: 600, trouble: null });
  assert.match(twice.stderr, /imported 0 events; 600 events were here already/);
  assert.equal((await tidings(elsewhere, ['export', '-o', again])).code, 0);
  const [header, ...events] = await linesOf(file);
  const [, ...found] = await linesOf(again);
  assert.partialDeepStrictEqual(header, {
    format: 'tidings.events',
    version: 1,
    selection: { since: null, repo: null },
  });
  assert.deepEqual(found.map(asThere), events.map(asThere));
  await using inbox = await openInbox(elsewhere);
  assert.deepEqual(await inbox.pending(9), []);
});

test('what is selected goes to stdout, piece by piece, each when the reader has taken the one before', async () => {
  const { reader, seen } = slowReader();
  const { code, stderr } = await tidings(
    filled,
    ['export', '--repo', 'ACME/api', '--since', '1970-01-01T00:00:00.010Z'],
    { reader },
  );
  assert.deepEqual([code, seen.waiting, seen.mostWaiting], [0, 0, 1]);
  assert.equal(stderr, 'Exported 290 events.\n');
  const lines = await linesOf(Buffer.concat(seen.pieces));
  assert.equal(lines.length, 291);
  assert(lines.slice(1).every(({ repo }) => repo === 'acme/api'));
});

test('a reader who has gone ends it; a terminal gets no binary', async () => {
  const gone = slowReader();
  const { code, stderr } = await tidings(filled, ['export'], { reader: gone.reader, closed: AbortSignal.abort() });
  assert.deepEqual([code, stderr], [0, '']);
  assert((await linesOf(Buffer.concat(gone.seen.pieces))).length < 500);
  const terminal = await tidings(filled, ['export'], { tty: true });
  assert.equal(terminal.code, 2);
  assert.match(terminal.stderr, /binary.*-o\sevents\.jsonl\.zst.*--plain/);
  assert.match((await tidings(filled, ['export', '--plain'], { tty: true })).stdout, /^\{"format":"tidings\.events"/);
});

test('what cannot be written there, or under that name, is said before anything is written', async () => {
  const given = [
    [['-o', join(filled, 'none', 'a.jsonl')], /There is no folder .*none: make it first/],
    [['-o', filled], /is a folder: name a file in it/],
    [['-o', 'a.jsonl.gz'], /compressed with zstd, and a\.jsonl\.gz says otherwise: name it a\.jsonl\.zst/],
    [['-o', 'a.zst', '--plain'], /not compressed, and a\.zst says otherwise: name it a\.jsonl/],
    [['--since', '2h', '--until', '3h'], /--since 2h is later than --until 3h/],
    [['--since', '2999-01-01'], /--since 2999-01-01 is still to come/],
  ] as const;
  for (const [argv, says] of given) {
    const { code, stdout, stderr } = await tidings(filled, ['export', ...argv]);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr.replaceAll(/\s+/g, ' '), says);
  }
});

for (const name of ['cut.jsonl.zst', 'cut.jsonl']) {
  test(`${name}: an export that was cut off anywhere goes on behind its last whole event`, async () => {
    const file = join(filled, name);
    await tidings(filled, ['export', '-o', file, '--until', '1970-01-01T00:00:00.590Z']);
    const [whole, lines] = [readFileSync(file), await linesOf(file)];
    assert.equal(lines.length, 591);
    const lengths = [
      0,
      3,
      20,
      whole.length - 1,
      ...Array.from({ length: 2 }, (_, n) => Math.floor((whole.length * (n + 1)) / 3)),
    ];
    for (const length of lengths) {
      writeFileSync(file, whole);
      truncateSync(file, length);
      const isNew = length <= 20;
      const selection = isNew ? ['--until', '1970-01-01T00:00:00.590Z'] : [];
      const { code, stderr } = await tidings(filled, ['export', '-o', file, '--resume', ...selection]);
      assert.equal(code, 0, stderr);
      const found = (await linesOf(file)).slice(1).map(({ id }) => id);
      assert.deepEqual(
        found,
        lines.slice(1).map(({ id }) => id),
        `cut at ${length} of ${whole.length}`,
      );
    }
  });
}

test('a file that is there is not written over, nor gone on with when it is something else', async () => {
  const file = join(filled, 'notes.txt');
  writeFileSync(file, 'my notes\n');
  const over = await tidings(filled, ['export', '-o', file]);
  assert.equal(over.code, 2);
  assert.match(over.stderr, /is there already.*--resume/);
  const on = await tidings(filled, ['export', '-o', file, '--resume']);
  assert.equal(on.code, 1);
  assert.match(on.stderr, /cannot be gone on with.*Nothing was changed/);
  assert.equal(readFileSync(file, 'utf8'), 'my notes\n');
  assert.equal((await tidings(filled, ['export', '--resume'])).code, 2);
});

test('of a file that was cut off all that is whole is imported, and it is said', async () => {
  const [file, elsewhere] = [join(filled, 'short.jsonl.zst'), await emptyPlace()];
  await tidings(filled, ['export', '-o', file]);
  const whole = readFileSync(file);
  for (const part of [0.6, 0.9, 1]) {
    writeFileSync(file, whole.subarray(0, Math.floor(whole.length * part)));
    const { code, stdout, stderr } = await tidings(elsewhere, ['import', '--json', '-'], {
      input: () => Readable.from([readFileSync(file)]),
    });
    const { imported, known, trouble } = JSON.parse(stdout);
    assert.equal(code, part === 1 ? 0 : 1, stderr);
    if (part < 1) assert.match(stderr, /stdin was not read to its end: it ends in the middle.*What is whole/s);
    else assert.deepEqual([imported + known, trouble], [600, null]);
  }
});

test('what is no file of events is refused, and nothing is stored', async () => {
  const elsewhere = await emptyPlace();
  const given = [
    ['newer.jsonl', '{"format":"tidings.events","version":2}\n', 1, /version 2 of the format.*a newer one wrote it/],
    ['strange.jsonl', '{"id":1}\n', 1, /it is no event/],
    ['empty.jsonl', '', 1, /it is empty/],
    ['zipped.jsonl.gz', Buffer.from([0x1f, 0x8b, 8, 0]), 1, /compressed with gzip: unpack it first/],
    ['tidings.copy', 'SQLite format 3\0', 1, /it is a database: `npx tidings migrate --from/],
  ] as const;
  for (const [name, text, exit, says] of given) {
    const file = join(elsewhere, name);
    writeFileSync(file, text);
    const { code, stderr } = await tidings(elsewhere, ['import', file]);
    assert.equal(code, exit);
    assert.match(stderr, says);
  }
  const broken = join(elsewhere, 'broken.jsonl');
  writeFileSync(broken, '{"format":"tidings.events","version":1}\n{"id":1}\n');
  assert.match((await tidings(elsewhere, ['import', broken])).stderr, /line 2: it is no event \(source/);
  assert.equal((await tidings(elsewhere, ['import', join(elsewhere, 'none')])).code, 3);
  const folder = await tidings(elsewhere, ['import', elsewhere]);
  assert.deepEqual([folder.code, /is a folder: name the files in it/.test(folder.stderr)], [2, true], folder.stderr);
  assert.equal((await tidings(elsewhere, ['import', '-'])).code, 2);
  assert.match((await tidings(elsewhere, ['events'])).stderr, /No events yet/);
  assert.equal((await tidings(elsewhere, ['events', '--repo', 'acme/x'])).stderr, 'No events match.\n');
});

test('what is about a repository is counted, forgotten when it is said so, and written down', async () => {
  const place = await emptyPlace();
  const file = join(filled, 'forget.jsonl.zst');
  await tidings(filled, ['export', '-o', file, '--repo', 'acme/api']);
  await tidings(place, ['import', file]);
  const dry = await tidings(place, ['forget', '--repo', 'acme/API', '--dry-run']);
  assert.deepEqual(
    [dry.code, dry.stderr],
    [0, 'Would forget 300 events about acme/API (300 bodies). Nothing was changed.\n'],
  );
  const asked = await tidings(place, ['forget', '--repo', 'acme/api']);
  assert.equal(asked.code, 2);
  assert.match(asked.stderr, /no terminal to ask on.*add --yes/);
  const { code, stdout, stderr } = await tidings(place, ['forget', '--repo', 'acme/api', '--yes', '--json']);
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(stdout), {
    repos: ['acme/api'],
    logins: [],
    dry_run: false,
    events: 300,
    bodies: 300,
    undecided: 0,
    untold: 0,
  });
  assert.match(stderr, /^Forgot 300 events about acme\/api \(300 bodies\)\.\nArchives, exports, backups/);
  assert.match(
    (await tidings(place, ['forget', '--repo', 'acme/api', '--yes'])).stderr,
    /^Nothing is stored about acme\/api\./,
  );
  const list = await tidings(place, ['forget', '--list']);
  assert.match(list.stdout, /^\S+Z\tforget\tacme\/api: 0 events\n\S+Z\tforget\tacme\/api: 300 events\n$/);
  const events = (await tidings(place, ['events', '--json', '--limit', '1000'])).stdout.trim().split('\n');
  assert.equal(events.length, 300);
  assert.partialDeepStrictEqual(JSON.parse(events[0] ?? ''), { repo: null, state: 'routed', reason: 'forgotten' });
  for (const file of ['tidings.db', 'tidings.db-wal']) {
    const bytes = statSync(join(place, file), { throwIfNoEntry: false })
      ? readFileSync(join(place, file))
      : Buffer.alloc(0);
    assert.equal(bytes.includes('classics'), false);
  }
});

test('what shall be forgotten must be a repository or a login', async () => {
  for (const argv of [[], ['--repo', 'acme'], ['--login', 'a b'], ['--login', '"']]) {
    const { code, stderr } = await tidings(filled, ['forget', ...argv, '--yes']);
    assert.equal(code, 2, stderr);
  }
});

test('bodies are written into archive_to before they go, and can be imported elsewhere', async () => {
  const [place, elsewhere] = [await emptyPlace(), await emptyPlace()];
  const [file, archive] = [join(filled, 'again.jsonl.zst'), join(place, 'archive')];
  await tidings(filled, ['export', '-o', file, '--repo', 'acme/api']);
  await tidings(place, ['import', file]);
  await configure(place, { retention: { bodies: '1d', archive_to: './archive' } });
  writeFileSync(archive, 'in the way');
  const refused = await tidings(place, ['prune']);
  assert.match(refused.stderr + refused.stdout, /cannot be archived|archive_to/);
  assert.equal((await linesOf(await exportOf(place))).filter(({ body }) => body === null).length, 0);
  rmSync(archive);
  assert.equal((await tidings(place, ['prune'])).code, 0);
  const left = (await linesOf(await exportOf(place))).filter(({ body }) => typeof body === 'string');
  assert(left.length < 300);
  const imported = await tidings(elsewhere, ['import', '--json', join(archive, '1970-01-01.jsonl.zst')]);
  assert.deepEqual(JSON.parse(imported.stdout).imported, 300 - left.length);
});

async function exportOf(path: string): Promise<Buffer> {
  const { reader, seen } = slowReader();
  await tidings(path, ['export'], { reader });
  return Buffer.concat(seen.pieces);
}
