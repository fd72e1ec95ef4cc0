import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makePrivateDirectory } from './private-files.ts';

test('missing directories are made for their owner alone, and one that is there stays as it is', (t) => {
  const parent = mkdtempSync(join(tmpdir(), 'tidings-folder-'));
  t.after(() => rmSync(parent, { recursive: true }));
  const path = join(parent, 'a', 'b');
  makePrivateDirectory(path);
  makePrivateDirectory(path);
  for (const made of [path, join(parent, 'a')]) assert.equal(statSync(made).mode & 0o777, 0o700);
});

test('where no directory can be made, it says so at once', { skip: process.platform !== 'linux' }, () => {
  // Node's own `recursive` never comes back from the first two.
  for (const path of ['/proc/tidings', '/proc/self/tidings/deep'])
    assert.throws(() => makePrivateDirectory(path), /ENOENT/);
  assert.throws(() => makePrivateDirectory('/dev/null'), /EEXIST/);
  assert.throws(() => makePrivateDirectory('/dev/null/deep'), /ENOTDIR/);
});

test('a file in the way is left alone', (t) => {
  const parent = mkdtempSync(join(tmpdir(), 'tidings-folder-'));
  t.after(() => rmSync(parent, { recursive: true }));
  writeFileSync(join(parent, 'file'), '');
  assert.throws(() => makePrivateDirectory(join(parent, 'file')), /EEXIST/);
});
