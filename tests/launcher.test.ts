import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../bin/tidings.js', import.meta.url));

test('an old Node is told what it is, what is needed, and how npm brings it', () => {
  const pretend = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { node: '20.20.2' } })`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', pretend, launcher, 'start'], {
    encoding: 'utf8',
  });
  assert.match(stderr, /^Tidings needs Node\.js 24 or newer, and this is Node\.js 20\.20\.2 \(/);
  assert.match(stderr, /`npm start` and `npm run tidings -- <command>` bring Node\.js 24/);
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
