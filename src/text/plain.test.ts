import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneLine, plain } from './plain.ts';

test('a letter wears no more marks than a script puts on one', () => {
  const piled = `Z${'\u0300\u0316'.repeat(500)}algo`;
  assert.equal(plain(piled), `Z${'\u0300\u0316'.repeat(4)}algo`);
  for (const written of ['e\u0301', 'ཧྐྵྨླྺྼྻྂ', 'กี่', 'שָׁלוֹם', '👩‍👩‍👧‍👦', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '1️⃣']) assert.equal(oneLine(written), written);
});
