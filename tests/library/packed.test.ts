import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { dataDir } from '../support/data-dir.ts';
import { deliver, delivery } from '../support/github.ts';
import { issueOpened } from '../support/payloads.ts';
import { runScript } from '../support/tidings-process.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

/** The package as it would be published, installed in a folder of somebody else's. Nothing is fetched. */
async function installed(folder: string): Promise<void> {
  const staged = join(folder, 'staged');
  mkdirSync(staged);
  for (const part of ['bin', 'package.json', 'README.md', 'CHANGELOG.md', 'LICENSE']) {
    cpSync(join(ROOT, part), join(staged, part), { recursive: true });
  }
  await run(process.execPath, [join(ROOT, 'scripts/build.ts'), join(staged, 'dist')]);
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: staged });

  const description = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly version: string;
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const home = join(folder, 'node_modules/tidings');
  mkdirSync(home, { recursive: true });
  await run('tar', ['-xzf', join(folder, `tidings-${description.version}.tgz`), '-C', home, '--strip-components=1']);
  for (const name of [...Object.keys(description.dependencies), '@types/node']) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), link);
  }
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
  await using folder = await dataDir();
  await installed(folder.path);
  const programs = documented();
  assert.deepEqual([...programs.keys()], ['with-hono.ts', 'with-node-http.ts']);
  writeFileSync(join(folder.path, 'package.json'), '{"type":"module"}');
  writeFileSync(
    join(folder.path, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: COMPILER, files: [...programs.keys()] }),
  );
  for (const [name, text] of programs) writeFileSync(join(folder.path, name), text);

  for (const name of programs.keys()) {
    await t.test(`${name} takes webhooks and tells them, beside its own pages`, async () => {
      await using data = await dataDir();
      await using server = await runScript(join(folder.path, name), [], data.path, {});
      await server.printed(/listening/);
      assert.equal(await (await fetch(server.url)).text(), 'hello');
      const sent = issueOpened(1);
      assert.deepEqual((await deliver(server.url, sent)).body, { status: 'accepted', id: 1 });
      assert.deepEqual((await deliver(server.url, sent)).body, { status: 'duplicate', id: 1 });
      assert.equal((await deliver(server.url, { ...sent, secret: 'guess' })).status, 401);
      const large = await deliver(server.url, delivery('issues', 'x'.repeat(25 * 1024 * 1024)));
      assert.equal(large.status, 413);
      await server.printed(/Issue opened/);
      assert.equal(await server.stop(), 0, server.output.stderr);
    });
  }
  await t.test('the programs have no type errors', async () => {
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    await run(process.execPath, [compiler, '-p', folder.path]).catch((error: { stdout: string }) => {
      assert.fail(error.stdout);
    });
  });
});
