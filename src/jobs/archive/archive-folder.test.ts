import assert from 'node:assert/strict';
import { chmodSync, createReadStream, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { WholeEvent } from '../../model/inbox/transfer.ts';
import { archiveFolder } from './archive-folder.ts';
import { keepAside } from './keep-aside.ts';
import { readLine } from './read-line.ts';
import { CutOffError, readLines } from './read-lines.ts';

const MONDAY = Date.parse('2026-11-23T12:00:00Z');
const DAY = 86_400_000;

function anEvent(id: number, receivedAt = MONDAY): WholeEvent {
  return {
    id,
    source: 's',
    deliveryId: `d${id}`,
    guid: `g${id}`,
    type: 'push',
    action: null,
    repo: null,
    actor: null,
    about: null,
    origin: 'webhook',
    secretNo: 1,
    receivedAt,
    storedAt: receivedAt,
    expandedAt: null,
    settlesAt: null,
    state: 'skipped',
    reason: null,
    replays: 0,
    released: false,
    suspectOf: null,
    headers: {},
    body: Buffer.from('{}'),
    bodyDigest: null,
    trace: null,
    notifications: [],
  };
}

function folder(t: TestContext): string {
  const parent = mkdtempSync(join(tmpdir(), 'tidings-archive-'));
  t.after(() => rmSync(parent, { recursive: true }));
  return join(parent, 'archive');
}

async function idsIn(path: string): Promise<{ ids: (number | 'header')[]; error: unknown }> {
  const ids: (number | 'header')[] = [];
  try {
    for await (const text of readLines(createReadStream(path))) {
      const line = readLine(text);
      ids.push(line.kind === 'header' ? 'header' : line.event.id);
    }
    return { ids, error: null };
  } catch (error) {
    return { ids, error };
  }
}

test('events are appended to the file of the day they came on, which is for its owner alone', async (t) => {
  const path = folder(t);
  const archive = archiveFolder(path);
  await archive.keep([anEvent(1), anEvent(2, MONDAY + DAY), anEvent(3)]);
  await archive.keep([anEvent(4)]);
  await archiveFolder(path).keep([anEvent(5)]);
  assert.deepEqual(readdirSync(path).toSorted(), ['2026-11-23.jsonl.zst', '2026-11-24.jsonl.zst']);
  assert.deepEqual(await idsIn(join(path, '2026-11-23.jsonl.zst')), { ids: ['header', 1, 3, 4, 5], error: null });
  assert.deepEqual(await idsIn(join(path, '2026-11-24.jsonl.zst')), { ids: ['header', 2], error: null });
  assert.equal(statSync(join(path, '2026-11-23.jsonl.zst')).mode & 0o777, 0o600);
  assert.equal(statSync(path).mode & 0o777, 0o700);
});

test('a file that somebody died over is kept as it is, and another one begun', async (t) => {
  const path = folder(t);
  const file = join(path, '2026-11-23.jsonl.zst');
  for (const [died, id] of [
    [1, 1],
    [2, 3],
  ] as const) {
    await archiveFolder(path).keep([anEvent(id)]);
    await archiveFolder(path).keep([anEvent(id + 1)]);
    truncateSync(file, statSync(file).size - 1);
    await archiveFolder(path).keep([anEvent(id + 1), anEvent(id + 2)]);
    const cut = await idsIn(join(path, `2026-11-23.cut-${died}.jsonl.zst`));
    assert(cut.ids.includes(id));
    assert(cut.error instanceof CutOffError);
  }
  assert.deepEqual(await idsIn(file), { ids: ['header', 4, 5], error: null });
});

test('a folder that cannot be written is an error, and the next try goes on', {
  skip: process.getuid?.() === 0,
}, async (t) => {
  const path = folder(t);
  const archive = archiveFolder(path);
  await archive.keep([anEvent(1)]);
  chmodSync(join(path, '2026-11-23.jsonl.zst'), 0o400);
  await assert.rejects(archive.keep([anEvent(2)]), /EACCES/);
  chmodSync(join(path, '2026-11-23.jsonl.zst'), 0o600);
  await archive.keep([anEvent(2)]);
  assert.deepEqual((await idsIn(join(path, '2026-11-23.jsonl.zst'))).ids, ['header', 1, 2]);
});

test('what a store has of some events is written down, in its pages', async (t) => {
  const path = folder(t);
  const stored = [1, 2, 3, 5].map((id) => anEvent(id));
  const gone = { ...anEvent(4), headers: null, body: null };
  const wholeOf = async (ids: readonly number[]) =>
    [...stored, gone]
      .toSorted((a, b) => a.id - b.id)
      .filter(({ id }) => ids.includes(id))
      .slice(0, 2);
  await keepAside(path, { wholeOf })([5, 9, 1, 4, 2, 7]);
  assert.deepEqual((await idsIn(join(path, '2026-11-23.jsonl.zst'))).ids, ['header', 1, 2, 5]);
});
