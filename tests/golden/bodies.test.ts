import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gist } from '../../src/text/bodies/gist.ts';
import { BODIES } from '../fixtures/bodies/all.ts';
import { shown } from './bodies.ts';

const ALL = Object.values(BODIES).flatMap((bodies) => Object.entries(bodies));

test('what a bot writes is told in at most 8 lines, and nothing of it is cut off', () => {
  const long = ALL.flatMap(([name, written]) => {
    const lines = shown(written);
    return lines.length > 8 || lines.at(-1)?.endsWith('…') ? [`${name}:\n${lines.join('\n')}`] : [];
  });
  assert.deepEqual(long, []);
});

test('a body that was cut anywhere is told, too', () => {
  for (const [, { author, body }] of ALL) {
    for (let length = 0; length < body.length; length += 97) {
      const said = gist(body.slice(0, length), author);
      assert.ok(said === null || said.trim() !== '');
    }
  }
});
