import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { dataDir } from '../../../../tests/support/data-dir.ts';
import { systemClock } from '../../../shared/clock.ts';
import { replaceFile, sweepBeside } from './replace-file.ts';
import { etagOf, NO_FILE, readRulesFile } from './rules-file.ts';

async function folder(t: TestContext): Promise<string> {
  const dir = await dataDir();
  t.after(() => dir[Symbol.asyncDispose]());
  return dir.path;
}

const OLD = 'rules:\n  - on: push\n';
const NEW = 'rules:\n  - on: star\n';
const etag = (text: string) => etagOf(Buffer.from(text));

test('the file is replaced whole, keeps its mode, and nothing else is left there', async (t) => {
  const dir = await folder(t);
  const path = join(dir, 'tidings.yaml');
  writeFileSync(path, OLD);
  chmodSync(path, 0o640);
  assert.deepEqual(await replaceFile(path, NEW, etag(OLD)), { kind: 'written', etag: etag(NEW) });
  assert.equal(readFileSync(path, 'utf8'), NEW);
  assert.equal(statSync(path).mode & 0o777, 0o640);
  assert.deepEqual(readdirSync(dir), ['tidings.yaml']);
});

test('a file that changed meanwhile stays as it is', async (t) => {
  const dir = await folder(t);
  const path = join(dir, 'tidings.yaml');
  writeFileSync(path, 'rules: []\n');
  assert.deepEqual(await replaceFile(path, NEW, etag(OLD)), { kind: 'changed' });
  assert.deepEqual(await replaceFile(path, NEW, NO_FILE), { kind: 'changed' });
  assert.equal(readFileSync(path, 'utf8'), 'rules: []\n');
  assert.deepEqual(readdirSync(dir), ['tidings.yaml']);
});

test('an editor that saves while the new text is being written down keeps what it saved', async (t) => {
  const dir = await folder(t);
  const path = join(dir, 'tidings.yaml');
  for (const save of [
    () => writeFileSync(path, 'theirs: in place\n'),
    () => {
      writeFileSync(`${path}~`, 'theirs: by a rename\n');
      renameSync(`${path}~`, path);
    },
  ]) {
    writeFileSync(path, OLD);
    const writing = replaceFile(path, NEW, etag(OLD));
    save();
    assert.deepEqual(await writing, { kind: 'changed' });
    assert.match(readFileSync(path, 'utf8'), /^theirs: /);
  }
  assert.deepEqual(readdirSync(dir), ['tidings.yaml']);
});

test('of many writers at once one wins', async (t) => {
  const dir = await folder(t);
  const path = join(dir, 'tidings.yaml');
  writeFileSync(path, OLD);
  const texts = Array.from({ length: 20 }, (_, index) => `# ${index}\n${NEW}`);
  const ended = await Promise.all(texts.map((text) => replaceFile(path, text, etag(OLD))));
  const winners = texts.filter((_, index) => ended[index]?.kind === 'written');
  assert.equal(winners.length, 1);
  assert.equal(readFileSync(path, 'utf8'), winners[0]);
  assert.deepEqual(readdirSync(dir), ['tidings.yaml']);
});

test('where there is no file, one is made, once', async (t) => {
  const dir = await folder(t);
  const path = join(dir, 'tidings.yaml');
  const ended = await Promise.all([replaceFile(path, NEW, NO_FILE), replaceFile(path, OLD, NO_FILE)]);
  assert.deepEqual(ended.map(({ kind }) => kind).toSorted(), ['changed', 'written']);
  assert.equal(statSync(path).mode & 0o777, 0o644);
  assert.deepEqual(readdirSync(dir), ['tidings.yaml']);
});

test('a link stays one, and what it leads to is replaced', async (t) => {
  const dir = await folder(t);
  mkdirSync(join(dir, 'real'));
  writeFileSync(join(dir, 'real/mine.yaml'), OLD);
  const path = join(dir, 'tidings.yaml');
  symlinkSync('real/mine.yaml', path);
  assert.equal((await replaceFile(path, NEW, etag(OLD))).kind, 'written');
  assert.equal(readlinkSync(path), 'real/mine.yaml');
  assert.equal(readFileSync(join(dir, 'real/mine.yaml'), 'utf8'), NEW);
  assert.deepEqual(readdirSync(join(dir, 'real')), ['mine.yaml']);
});

test('lines end as they did, and a byte order mark stays', async (t) => {
  const path = join(await folder(t), 'tidings.yaml');
  const before = `\uFEFF${OLD.replaceAll('\n', '\r\n')}`;
  writeFileSync(path, before);
  assert.equal((await replaceFile(path, NEW, etag(before))).kind, 'written');
  assert.equal(readFileSync(path, 'utf8'), `\uFEFF${NEW.replaceAll('\n', '\r\n')}`);
});

test('what cannot be written is said in words', async (t) => {
  const path = join(await folder(t), 'gone', 'tidings.yaml');
  const refused = await replaceFile(path, NEW, NO_FILE);
  assert.equal(refused.kind, 'refused');
  assert.match(refused.kind === 'refused' ? refused.message : '', /^It cannot be written: no directory/);
});

const WRITER = fileURLToPath(new URL('../../../../tests/fixtures/rules-writer.ts', import.meta.url));

test('whoever is killed in the middle leaves the old text or the new one, and what lies beside it is swept', async (t) => {
  const dir = await folder(t);
  const path = join(dir, 'tidings.yaml');
  const texts = new Set([OLD, NEW].map((text) => text + '# a long line of comment\n'.repeat(20_000)));
  for (let round = 0; round < 6; round++) {
    writeFileSync(path, [...texts][0] ?? '');
    const writer = fork(WRITER, [path], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    // It writes one and the other in turn, until it is killed; each time at another moment of its own.
    for (let turn = 0; turn <= round; turn++) await once(writer, 'message');
    writer.kill('SIGKILL');
    await once(writer, 'exit');
    assert.ok(texts.has(readFileSync(path, 'utf8')), 'half a text');
  }
  const long = 'tidings.yaml.0dd29ab0-0000-4000-8000-000000000000.tmp';
  writeFileSync(join(dir, `.${long}`), 'half');
  const hourAgo = systemClock.now() / 1000 - 3_600;
  for (const name of readdirSync(dir).filter((each) => each.endsWith('.tmp')))
    utimesSync(join(dir, name), hourAgo, hourAgo);
  writeFileSync(join(dir, long), 'of somebody else');
  sweepBeside(path, systemClock);
  assert.deepEqual(readdirSync(dir).toSorted(), ['tidings.yaml', long].toSorted());
});

test('a file in a coding of its own is not taken for text', async (t) => {
  const path = join(await folder(t), 'tidings.yaml');
  writeFileSync(path, Buffer.from([0xff, 0xfe, 0x61]));
  assert.throws(() => readRulesFile(path), /not UTF-8/);
});
