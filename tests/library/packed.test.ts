import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { dataDir } from '../support/data-dir.ts';
import { deliver, delivery } from '../support/github.ts';
import { installsReally } from '../support/installs-really.ts';
import { oldNode } from '../support/old-node.ts';
import { issueOpened } from '../support/payloads.ts';
import { ready, runScript } from '../support/tidings-process.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PARTS = [
  'bin',
  'docs',
  'examples',
  'src',
  'scripts',
  '.nvmrc',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
];
const PAGES = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE'];
const run = promisify(execFile);

let folder: Awaited<ReturnType<typeof dataDir>>;
let tarball: string;
let home: string;
/** The description in the checkout, after packing. */
let unpacked: string;

/** `npm pack` in a copy of the checkout: it builds. Then `npm install` of what it made. */
before(async () => {
  folder = await dataDir();
  const copy = join(folder.path, 'copy');
  mkdirSync(copy);
  for (const part of [...PARTS, ...PAGES]) cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string };
  tarball = join(folder.path, `tidings-${version}.tgz`);
  await npm(['pack', '--pack-destination', folder.path], copy);
  unpacked = readFileSync(join(copy, 'package.json'), 'utf8');
  home = join(folder.path, 'home');
  await install();
});

after(() => folder[Symbol.asyncDispose]());

/** As on a machine of somebody else's, with this Node. Nothing of this checkout's compiled code is touched. */
const ELSEWHERE = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1', npm_config_update_notifier: 'false' };

function npm(words: readonly string[], cwd: string) {
  return run('npm', [...words], { cwd, env: ELSEWHERE });
}

const UNREACHABLE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTCACHED/;

/** The package in a folder of somebody else's, its dependencies from the registry or, without one, those of this checkout. */
async function install(): Promise<void> {
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{"type":"module"}');
  try {
    if (!installsReally()) await unpackAndLink();
    else await npm(['install', tarball, '--omit=dev', '--prefer-offline', '--no-audit', '--no-fund'], home);
  } catch (error) {
    if (!UNREACHABLE.test(String((error as { readonly stderr?: string }).stderr))) throw error;
    await unpackAndLink();
  }
  mkdirSync(join(home, 'node_modules/@types'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules/@types/node'), join(home, 'node_modules/@types/node'));
}

async function unpackAndLink(): Promise<void> {
  const place = join(home, 'node_modules/tidings');
  mkdirSync(place, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', place, '--strip-components=1']);
  const { dependencies } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  for (const name of Object.keys(dependencies)) {
    const link = join(home, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), link);
  }
  mkdirSync(join(home, 'node_modules/.bin'));
  symlinkSync('../tidings/bin/tidings.js', join(home, 'node_modules/.bin/tidings'));
}

/** The programs in docs/library.md: each begins with a comment that names it. */
function documented(): ReadonlyMap<string, string> {
  const page = readFileSync(join(ROOT, 'docs/library.md'), 'utf8');
  return new Map(
    [...page.matchAll(/```ts\n\/\/ (\S+\.ts)\n([^]*?)```/g)].map(([, name = '', text = '']) => [name, text]),
  );
}

const COMPILER = { module: 'nodenext', target: 'esnext', strict: true, noEmit: true, types: ['node'] };

test('the packed package runs the programs of its own documentation, and its types hold', async (t) => {
  const programs = documented();
  assert.deepEqual([...programs.keys()], ['with-hono.ts', 'with-node-http.ts']);
  writeFileSync(
    join(home, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: COMPILER, files: [...programs.keys()] }),
  );
  for (const [name, text] of programs) writeFileSync(join(home, name), text);

  for (const name of programs.keys()) {
    await t.test(`${name} takes webhooks and tells them, beside its own pages`, async () => {
      await using data = await dataDir();
      await using server = await runScript(join(home, name), [], data.path, {});
      await server.printed(/listening/);
      assert.equal(await (await fetch(server.url)).text(), 'hello');
      const sent = issueOpened(1);
      assert.deepEqual((await deliver(server.url, sent)).body, { status: 'accepted', id: 1 });
      assert.deepEqual((await deliver(server.url, sent)).body, { status: 'duplicate', id: 1 });
      assert.equal((await deliver(server.url, { ...sent, secret: 'guess' })).status, 401);
      const large = await deliver(server.url, delivery('issues', 'x'.repeat(25 * 1024 * 1024)));
      assert.equal(large.status, 413);
      await server.printed(/opened issue/);
      assert.equal(await server.stop(), 0, server.output.stderr);
    });
  }
  await t.test('the programs have no type errors', async () => {
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    await run(process.execPath, [compiler, '--singleThreaded', '-p', home]).catch((error: { stdout: string }) => {
      assert.fail(error.stdout);
    });
  });
});

test('the package has no fault that publint knows', async () => {
  const { buffer, byteOffset, byteLength } = readFileSync(tarball);
  const bytes = buffer.slice(byteOffset, byteOffset + byteLength);
  const { messages, pkg } = await publint({ pack: { tarball: bytes }, strict: true });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg)),
    [],
  );
});

test('it is small, and carries neither sources nor tests nor settings', async () => {
  const { stdout } = await run('tar', ['-tzf', tarball]);
  const files = stdout
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''));
  const beside = files.filter((path) => !/^(?:dist|docs|examples)\//.test(path));
  assert.deepEqual(
    beside.toSorted(),
    [...PAGES, 'bin/code-cache.js', 'bin/healthcheck.js', 'bin/tidings.js', 'package.json'].toSorted(),
  );
  assert.deepEqual(
    files.filter(
      (path) =>
        path.startsWith('dist/') &&
        !/(?:\.js|\.d\.ts|\.sql|\.bin)$|^dist\/dashboard\/assets\/\w+\.(?:css|svg)$/.test(path),
    ),
    [],
  );
  assert.deepEqual(
    files.filter((path) => /\.test\.|\.map$/.test(path)),
    [],
  );
  const { size } = statSync(tarball);
  // A provider adds some 15 kB, of which a third is what its keys add to the editor schema; the pictures of docs/slack.md take 240 kB, the
  // dashboard with the API below it 180 kB.
  assert.ok(size < 2_350_000, `${size} bytes`);
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const linked = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => path);
  const missing = linked.filter((path) => !files.some((file) => file === path || file.startsWith(`${path}/`)));
  assert.deepEqual(missing, [], 'what README links to is in it');
  const description = JSON.parse((await run('tar', ['-xzOf', tarball, 'package/package.json'])).stdout) as object;
  assert.ok(!('private' in description), 'it can be published');
});

test('the package says which Node it needs; the checkout, which brings its own, does not', async () => {
  const { stdout } = await run('tar', ['-xzOf', tarball, 'package/package.json']);
  const { engines, ...rest } = JSON.parse(stdout) as Record<string, unknown>;
  assert.deepEqual(engines, { node: '>=24' });
  assert.deepEqual(rest, JSON.parse(unpacked));
  assert.equal(unpacked, readFileSync(join(ROOT, 'package.json'), 'utf8'));
});

test('installed by npm, `npx tidings` starts, takes a webhook and tells it', async (t) => {
  const npx = (place: string, words: readonly string[]) =>
    spawnSync('npx', ['--no-install', 'tidings', ...words], {
      cwd: home,
      encoding: 'utf8',
      env: { ...ELSEWHERE, PATH: [place, process.env['PATH']].join(delimiter) },
    });
  const bin = join(home, 'node_modules/tidings/bin/tidings.js');

  await t.test('it says which it is', () => {
    const { status, stdout } = npx(dirname(process.execPath), ['--version']);
    assert.deepEqual([status, `${stdout.trim()}.tgz`], [0, tarball.replace(/^.*-/, '')]);
  });
  await t.test('it starts, and tells what it is sent', async () => {
    await using data = await dataDir();
    await using server = await runScript(bin, ['start'], data.path, {});
    await ready(server);
    assert.deepEqual((await deliver(server.url, issueOpened(1))).body, { status: 'accepted', id: 1 });
    await server.printed(/opened issue/);
    assert.equal(await server.stop(), 0, server.output.stderr);
  });
  const old = oldNode();
  await t.test('an older Node is told what is needed', { skip: old === undefined && 'no older Node here' }, () => {
    const { status, stderr } = npx(old ?? '', ['--version']);
    assert.match(stderr, /^Tidings needs Node\.js 24 or newer, and this is Node\.js \d+\./m);
    assert.equal(status, 2);
  });
});
