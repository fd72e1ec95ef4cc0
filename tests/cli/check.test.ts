import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { newEvent } from '../fixtures/stored.ts';
import { dataDir, openInbox } from '../support/data-dir.ts';
import { inProcess } from '../support/in-process.ts';

test('check says that all is as it was written, or names what is hurt and how to get it again', async () => {
  await using dir = await dataDir();
  await using inbox = await openInbox(dir.path);
  await inbox.append(newEvent({ deliveryId: 'sound', guid: 'a' }));
  const sound = await inProcess(['check'], dir.path);
  assert.deepEqual([sound.code, sound.stdout], [0, '']);
  assert.match(sound.stderr, /1 event checked, and all is as it was written\./);

  const { id } = await inbox.append(newEvent({ deliveryId: 'hurt', guid: 'b' }));
  const db = new DatabaseSync(join(dir.path, 'tidings.db'));
  db.exec('UPDATE segments SET data = zeroblob(length(data)) WHERE id = (SELECT max(id) FROM segments)');
  db.close();
  const hurt = await inProcess(['check'], dir.path);
  assert.equal(hurt.code, 1);
  assert.match(
    hurt.stdout,
    new RegExp(`^Event ${id} · issues · pending, received .*, delivery hurt\\n  its body is damaged: segment`),
  );
  assert.match(
    hurt.stderr,
    /1 of 2 events is hurt\. What was not told yet can be had again .*`npx tidings recover owner\/repo` within three days/,
  );

  const json = await inProcess(['check', '--json'], dir.path);
  const lines = json.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual([json.code, lines.length], [1, 2]);
  assert.deepEqual([lines[0].id, lines[0].delivery_id, lines[0].state], [id, 'hurt', 'pending']);
  assert.deepEqual(lines[1], { checked: 2, hurt: 1, structure: [] });
});
