import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CHANNELS } from '../../src/catalog.ts';
import { dataDir } from '../support/data-dir.ts';
import { ran } from '../support/in-process.ts';

const NOBODY = {
  GOTIFY_URL: 'http://127.0.0.1:1',
  MATRIX_HOMESERVER: 'http://127.0.0.1:1',
  MATRIX_ROOM_ID: '!a:b',
  EMAIL_FROM: 'tidings@acme.test',
  EMAIL_TO: 'mona@acme.test',
};

/** What nobody's place is, as people paste things: each holds what may be a secret. */
const PASTED: readonly string[] = [
  'hush-hush-12345 please',
  '"https://hush-hush-12345.test/hook"',
  '<https://hush-hush-12345.test/hook>',
  'export TOKEN=hush-hush-12345',
  'Bearer hush-hush-12345',
  '\u200bhttps://hush-hush-12345.test/hook',
  'file:///hush-hush-12345',
  'javascript:alert("hush-hush-12345")',
];

for (const [type, load] of Object.entries(CHANNELS)) {
  const { channel } = await load();
  if (channel.connect === undefined) continue;

  test(`connect ${type}: what is no such thing is told before anything is asked or kept, and not repeated`, async () => {
    await using dir = await dataDir();
    for (const input of PASTED) {
      // Nobody is asked: at a port of this machine where nobody is.
      const { code, shown } = await ran(['connect', type], { cwd: dir.path, env: NOBODY, input });
      assert.equal(code, 2, `${input}: ${shown}`);
      assert.match(shown, /^Error: /m);
      assert.doesNotMatch(shown, /hush-hush-12345/);
      assert.equal(existsSync(join(dir.path, '.env')), false);
    }
  });

  test(`connect ${type}: with nothing piped in and no terminal it says what to do`, async () => {
    await using dir = await dataDir();
    const { code, shown } = await ran(['connect', type], { cwd: dir.path, env: {}, input: ' \n' });
    assert.equal(code, 2, shown);
    assert.match(shown, /^Error: .*(?:pipe|set [A-Z_]+|--\w+)/im);
  });
}
