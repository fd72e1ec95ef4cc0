import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { dataDir } from '../../tests/support/data-dir.ts';
import { addSource, withSource } from './new-source.ts';

const SHOP = { name: 'shop', provider: 'stripe', variable: 'SHOP_SECRET' };
const LINES = ['  shop:', '    provider: stripe', '    secrets: "${SHOP_SECRET}"'];

test('a source goes behind the others, and every other line stays as it is', () => {
  const before = [
    '# ours',
    'sources: # who sends',
    '  github: # code',
    '    recover: [acme]',
    '',
    '# what',
    'rules:',
    '  - {}',
  ];
  const [head, tail] = [before.slice(0, 4), before.slice(4)];
  assert.equal(withSource(before.join('\n'), SHOP), [...head, ...LINES, ...tail].join('\n'));
});

test('it is indented as the others are, also at the end of the file', () => {
  const text = 'rules: []\nsources:\n    github:\n';
  assert.equal(withSource(text, SHOP), `${text}${LINES.map((line) => `  ${line}\n`).join('')}`);
});

test('what is no plain block is left to a person', () => {
  for (const text of [
    '',
    'rules: []\n',
    'sources: { github: }\n',
    'sources:\n',
    'sources:\nsources:\n  a:\n',
    'sources:\n\tgithub:\n',
  ]) {
    assert.equal(withSource(text, SHOP), null, JSON.stringify(text));
  }
});

test('a file that cannot be used with it, or not be written, is as it was', async () => {
  await using dir = await dataDir();
  const path = join(dir.path, 'tidings.yaml');
  const text = 'sources:\n  github:\n';
  writeFileSync(path, text, { mode: 0o640 });
  assert.equal(await addSource(path, SHOP, async () => false), false);
  assert.equal(readFileSync(path, 'utf8'), text);
  assert.equal(await addSource(path, SHOP, async () => true), true);
  assert.equal(readFileSync(path, 'utf8'), `${text}${LINES.join('\n')}\n`);
  assert.equal(statSync(path).mode & 0o777, 0o640);
  assert.deepEqual(readdirSync(dir.path), ['tidings.yaml']);
});
