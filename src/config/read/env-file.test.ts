import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseEnv } from 'node:util';
import { dataDir } from '../../../tests/support/data-dir.ts';
import { ConfigError } from '../config-error.ts';
import { envFile } from './env-file.ts';

test('a file is made for its owner alone', async () => {
  await using dir = await dataDir();
  const file = envFile(dir.path, {});
  assert.deepEqual(file.keep({ A: '1', B: 'two' }), { path: file.path, written: ['A', 'B'], left: [], shadowed: [] });
  assert.equal(readFileSync(file.path, 'utf8'), 'A=1\nB=two\n');
  assert.equal(statSync(file.path).mode & 0o777, 0o600);
});

test('other lines stay, what is there is left, what is empty is filled', async () => {
  await using dir = await dataDir();
  const path = join(dir.path, '.env');
  writeFileSync(path, '# mine\nexport A=old\nB=\nC=same', { mode: 0o644 });
  const kept = envFile(dir.path, {}).keep({ A: 'new', B: 'b', C: 'same', D: 'd' });
  assert.deepEqual([kept.written, kept.left], [['B', 'C', 'D'], ['A']]);
  assert.equal(readFileSync(path, 'utf8'), '# mine\nexport A=old\nB=b\nC=same\nD=d\n');
  assert.equal(statSync(path).mode & 0o777, 0o600, 'it holds secrets now');
  assert.deepEqual(envFile(dir.path, {}).keep({ A: 'new' }, { replace: true }).left, []);
  assert.match(readFileSync(path, 'utf8'), /^# mine\nA=new\nB=b\n/);
});

test('a link stays a link', async () => {
  await using dir = await dataDir();
  writeFileSync(join(dir.path, 'real'), '');
  symlinkSync('real', join(dir.path, '.env'));
  envFile(dir.path, {}).keep({ A: '1' });
  assert.equal(readFileSync(join(dir.path, 'real'), 'utf8'), 'A=1\n');
});

test('what the environment sets otherwise is named', async () => {
  await using dir = await dataDir();
  const { shadowed } = envFile(dir.path, { A: 'other', B: 'b', C: '' }).keep({ A: 'a', B: 'b', C: 'c' });
  assert.deepEqual(shadowed, ['A']);
});

test('every value is read back as it was given, or refused', async () => {
  await using dir = await dataDir();
  const file = envFile(dir.path, {});
  for (const value of ['', 'a#b', "it's", '"x"', `a'b"c`, ' spaced ', '$HOME', 'a=b', 'back\\nslash', 'é🟢', '#']) {
    file.keep({ V: value }, { replace: true });
    assert.equal(parseEnv(readFileSync(file.path, 'utf8'))['V'], value, value);
  }
  assert.throws(() => file.keep({ V: `'"\`` }, { replace: true }), ConfigError);
  assert.throws(() => file.keep({ V: 'two\nlines' }, { replace: true }), ConfigError);
});

test('a file that cannot be written is an error that names it', async () => {
  await using dir = await dataDir();
  mkdirSync(join(dir.path, '.env'));
  chmodSync(dir.path, 0o755);
  assert.throws(() => envFile(dir.path, {}).keep({ A: '1' }), /\.env/);
});
