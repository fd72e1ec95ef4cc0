import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { dataDir } from '../support/data-dir.ts';
import { type Delivery, delivery, headersOf } from '../support/github.ts';
import { inProcess } from '../support/in-process.ts';
import { runExample, type TidingsProcess } from '../support/tidings-process.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const KEYSTONE = ['github-normaliser.ts', 'slack-notifier.ts', 'full-worker.ts'];
const ISSUE = {
  action: 'opened',
  repository: { full_name: 'acme/api' },
  sender: { login: 'mona' },
  issue: { title: 'Payments fail' },
};

/** A receiver that says what to type next. */
async function receiver(name: string, dir: string, env: Readonly<Record<string, string>> = {}) {
  const example = await runExample(name, dir, [], env);
  await example.printed(/In another terminal/);
  return example;
}

/** The line that the example says to type, really typed. */
async function typeIt({ output }: TidingsProcess, dir: string, env: Readonly<Record<string, string>> = {}) {
  const line = /npx tidings (send .*)$/m.exec(output.stdout)?.[1];
  assert.ok(line, output.stdout);
  return await inProcess(line.split(' '), dir, env);
}

async function post({ url }: TidingsProcess, sent: Delivery, headers: Readonly<Record<string, string>> = {}) {
  const all = { ...headersOf(sent), ...headers };
  const response = await fetch(`${url}/webhook`, { method: 'POST', headers: all, body: new Uint8Array(sent.body) });
  return [response.status, (await response.text()).trim()] as const;
}

function rows(dir: string) {
  using database = new DatabaseSync(join(dir, 'examples/data/examples.db'));
  const all = database.prepare('SELECT id, delivery_id, type, state, reason, body FROM events ORDER BY id').all();
  return all as { id: number; delivery_id: string; type: string; state: string; reason: string; body: Uint8Array }[];
}

/** `npm run example …` as a person types it; for those that end by themselves with an error. */
async function npmRunExample(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const options = { cwd: ROOT, timeout: 20_000, env: { ...process.env, ...env } };
  const failed = await promisify(execFile)('npm', ['run', '--silent', 'example', ...args], options).then(
    () => assert.fail('it ended without an error'),
    (error: Error & { readonly code: number; readonly stderr: string }) => error,
  );
  return failed;
}

test('npm run example lists them all when there is none of that name', async () => {
  const { code, stderr } = await npmRunExample(['minimal']);
  assert.equal(code, 2);
  assert.match(stderr, /There is no example "minimal"/);
  const listed = [...stderr.matchAll(/^ {2}(\S+)$/gm)].map(([, name]) => name);
  assert.deepEqual(listed, [
    'polling-loop',
    'polling-cost',
    'minimal-receiver',
    'logging-receiver',
    'receiver-with-db',
    'worker',
    'receiver-with-hmac',
    'full-worker',
    'notifier',
  ]);
});

test('each is a page at most, 1 to 7 hide nothing behind a package, and the README tells of all', async () => {
  const readme = await readFile(`${ROOT}examples/README.md`, 'utf8');
  const beside = ['run.ts', 'stand-in.ts'];
  const files = (await readdir(`${ROOT}examples`)).filter((file) => file.endsWith('.ts') && !beside.includes(file));
  assert.equal(files.length, 11);
  for (const file of files) {
    const source = await readFile(`${ROOT}examples/${file}`, 'utf8');
    const limit = { 'minimal-receiver.ts': 15, 'polling-loop.ts': 15 }[file] ?? (KEYSTONE.includes(file) ? 60 : 80);
    assert.ok(source.trimEnd().split('\n').length <= limit, `${file} is longer than ${limit} lines`);
    const foreign = [...source.matchAll(/from '([^']+)'/g)].filter(([, from]) => !/^(?:node:|\.\/)/.test(from ?? ''));
    if (file !== 'notifier.ts') assert.deepEqual(foreign, [], file);
    assert.match(readme, new RegExp(`^###? .*\\[${file}\\]`, 'm'));
    if (file !== 'polling-loop.ts') assert.match(source, /^\/\/ New: /m, `${file} says what is new`);
  }
});

test('minimal-receiver: the first event arrives with nothing set up before', async () => {
  await using dir = await dataDir();
  await using example = await receiver('minimal-receiver', dir.path);
  const sent = await typeIt(example, dir.path, { GITHUB_WEBHOOK_SECRET: '' });
  assert.deepEqual([sent.code, sent.stderr], [0, '']);
  assert.match(sent.stdout, /^200 {2}thank you/);
  await example.printed(/^POST \/webhook issues$/m);
});

test('npm run example runs the one that is named; a port that is taken is one line with the way out', async () => {
  await using dir = await dataDir();
  await using first = await receiver('minimal-receiver', dir.path);
  const { code, stderr } = await npmRunExample(['minimal-receiver'], { PORT: String(first.port) });
  assert.equal(code, 1);
  assert.match(stderr, /^listen EADDRINUSE.*PORT=5001 npm run example minimal-receiver\n$/m);
});

test('logging-receiver shows every header and the payload, and survives what is no JSON', async () => {
  await using dir = await dataDir();
  await using example = await receiver('logging-receiver', dir.path);
  assert.equal((await typeIt(example, dir.path)).code, 0);
  await example.printed(/x-github-event +issues\n/);
  for (const header of ['x-github-delivery', 'x-hub-signature-256', 'user-agent', 'content-length'])
    assert.match(example.output.stdout, new RegExp(`^ {2}${header} +\\S+`, 'm'));
  assert.match(example.output.stdout, /^ {2}"action": "opened",$/m);
  assert.equal((await post(example, { ...delivery('push', {}), body: Buffer.from('payload=%7B') }))[0], 200);
  await example.printed(/payload=%7B\n\(no JSON/);
});

describe('receiver-with-db', () => {
  test('what is sent is stored byte for byte, and a delivery id once', async () => {
    await using dir = await dataDir();
    await using example = await receiver('receiver-with-db', dir.path);
    assert.match((await typeIt(example, dir.path)).stdout, /^200 {2}issues accepted as event 1 /);
    const body = Buffer.from('{ "zen":\t"Kept as it came. \u{1F600}" }\r\n');
    const twice = { ...delivery('ping', {}), body };
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(example, twice)));
    assert.deepEqual(answers.map(([, words]) => words).toSorted(), [
      ...Array.from({ length: 7 }, () => `duplicate of ${twice.guid}`),
      'ping accepted as event 2',
    ]);
    assert.deepEqual(new Set(answers.map(([status]) => status)), new Set([200]));
    const [, ping, ...more] = rows(dir.path);
    assert.deepEqual(more, []);
    assert.deepEqual(Buffer.from(ping?.body ?? []), body);
    assert.equal((await post(example, delivery('ping', {}), { 'x-github-delivery': '' }))[0], 400);
  });

  test('200 comes after the commit only: not while it cannot commit, and kill -9 right after it loses nothing', async () => {
    await using dir = await dataDir();
    await using example = await receiver('receiver-with-db', dir.path);
    const sent = delivery('issues', ISSUE);
    {
      using database = new DatabaseSync(join(dir.path, 'examples/data/examples.db'));
      database.exec('BEGIN IMMEDIATE');
      assert.deepEqual(await post(example, sent), [503, 'not stored: Error: database is locked']);
      database.exec('ROLLBACK');
    }
    assert.deepEqual(rows(dir.path), []);
    assert.deepEqual(await post(example, sent), [200, 'issues accepted as event 1']);
    await example.kill();
    assert.deepEqual(
      rows(dir.path).map(({ delivery_id }) => delivery_id),
      [sent.guid],
    );
  });
});

test('worker marks each event processed, skipped or failed, in a process of its own, and goes on where it stopped', async () => {
  await using dir = await dataDir();
  await using example = await receiver('receiver-with-db', dir.path);
  await post(example, delivery('issues', ISSUE));
  await post(example, { ...delivery('issues', {}), body: Buffer.from('{"action":') });
  await post(example, delivery('star', { action: 'created' }));
  assert.deepEqual(new Set(rows(dir.path).map(({ state }) => state)), new Set(['pending']));

  await using first = await runExample('worker', dir.path);
  await first.printed(/^event 3 skipped: nobody wants star\.created$/m);
  assert.match(first.output.stdout, /^mona opened an issue in acme\/api: Payments fail\nevent 1 processed$/m);
  assert.match(first.output.stdout, /^event 2 failed: \S+/m);
  await first.kill();

  assert.equal((await typeIt(example, dir.path)).code, 0);
  await using second = await runExample('worker', dir.path);
  await second.printed(/^event 4 processed$/m);
  assert.doesNotMatch(second.output.stdout, /event [123] /);
  assert.deepEqual(
    rows(dir.path).map(({ state }) => state),
    ['processed', 'failed', 'skipped', 'processed'],
  );
});

describe('receiver-with-hmac', () => {
  test('forged, unsigned and changed bodies are refused, and nothing of them is stored', async () => {
    await using dir = await dataDir();
    await using example = await receiver('receiver-with-hmac', dir.path);
    const sent = delivery('issues', ISSUE);
    const refused = [401, 'the signature does not match'];
    assert.deepEqual(await post(example, { ...sent, secret: 'a guess' }), refused);
    assert.deepEqual(await post(example, sent, { 'x-hub-signature-256': '' }), refused);
    assert.deepEqual(await post(example, sent, { 'x-hub-signature-256': 'sha256=00' }), refused);
    const same = Buffer.from(JSON.stringify(ISSUE, null, 2));
    const signature = headersOf(sent)['x-hub-signature-256'] ?? '';
    assert.deepEqual(await post(example, { ...sent, body: same }, { 'x-hub-signature-256': signature }), refused);
    assert.deepEqual(rows(dir.path), []);
    assert.deepEqual(await post(example, sent), [200, 'issues accepted as event 1']);
  });

  test('a redelivery is a duplicate; the same signed body under another delivery id is held, and not worked on', async () => {
    await using dir = await dataDir();
    await using example = await receiver('receiver-with-hmac', dir.path);
    const sent = delivery('issues', ISSUE);
    await post(example, sent);
    assert.deepEqual(await post(example, sent), [200, `duplicate of ${sent.guid}`]);
    assert.deepEqual(await post(example, { ...sent, guid: 'another' }), [200, 'issues held as a replay as event 2']);
    await post(example, delivery('star', { action: 'created' }));
    await using worker = await runExample('worker', dir.path);
    await worker.printed(/^event 3 skipped/m);
    assert.deepEqual(
      rows(dir.path).map(({ state }) => state),
      ['processed', 'held', 'skipped'],
    );
  });

  test('without a secret it generates the one that `send` signs with, and the wrong one is refused', async () => {
    await using dir = await dataDir();
    const nothing = { GITHUB_WEBHOOK_SECRET: '' };
    await using example = await receiver('receiver-with-hmac', dir.path, nothing);
    const sent = await typeIt(example, dir.path, nothing);
    assert.match(sent.stdout, /^200 {2}issues accepted as event 1 /);
    const forged = await inProcess(
      ['send', 'issues.opened', '--secret-env', 'GUESS', '--to', `${example.url}/webhook`],
      dir.path,
      { ...nothing, GUESS: 'wrong' },
    );
    assert.equal(forged.code, 1);
    assert.match(forged.stdout, /^401 {2}the signature does not match/);
  });
});
