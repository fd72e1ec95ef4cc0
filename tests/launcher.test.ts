import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { dataDir } from './support/data-dir.ts';
import { oldNode } from './support/old-node.ts';

const launcher = fileURLToPath(new URL('../bin/tidings.js', import.meta.url));

test('an old Node is told what it is, what is needed, and how npm brings it', () => {
  const pretend = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { node: '20.20.2' } })`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', pretend, launcher, 'start'], {
    encoding: 'utf8',
  });
  assert.match(stderr, /^Tidings needs Node\.js 24 or newer, and this is Node\.js 20\.20\.2 \(/);
  assert.match(stderr, /`npm start` and `npx tidings <command>` bring Node\.js 24/);
  assert.deepEqual([status, stdout], [2, '']);
});

test('worker threads keep compiled code too', () => {
  const script = `import { keepCompiledCode } from ${JSON.stringify(new URL('../bin/code-cache.js', import.meta.url).href)};
    keepCompiledCode(); keepCompiledCode(); console.log(process.env.NODE_COMPILE_CACHE);`;
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', env });
  assert.match(stdout, /node_modules\/\.cache\/tidings\n$/);
});

test('this Node runs the program', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, '--version'], { encoding: 'utf8' });
  assert.deepEqual([status, stderr], [0, '']);
  assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
});

test('the launcher uses nothing that Node 12 cannot parse', () => {
  const code = readFileSync(launcher, 'utf8').replaceAll(/\/\/.*$/gm, '');
  assert.doesNotMatch(code, /\?\.|\?\?|^import |^export |#\w+;|\|\|=|&&=/m);
});

const ROOT = fileURLToPath(new URL('../', import.meta.url));

test('in a fresh clone, on an older Node too, `npx tidings … > file` has nothing but the data', async () => {
  await using dir = await dataDir();
  const clone = join(dir.path, 'clone');
  assert.equal(spawnSync('git', ['clone', '--quiet', ROOT, clone]).status, 0);
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  const path = [oldNode() ?? dirname(process.execPath), process.env['PATH']].join(delimiter);
  const { status, stdout, stderr } = spawnSync('npx', ['tidings', '--version'], {
    cwd: clone,
    encoding: 'utf8',
    env: { PATH: path, HOME: dir.path, npm_config_update_notifier: 'false', npm_config_offline: 'true' },
  });
  assert.deepEqual([status, stderr], [0, '']);
  assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
});
