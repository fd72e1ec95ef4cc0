import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FULL, tried } from '../../../tests/support/long-form.ts';
import { jsonText } from './json-text.ts';

test('whatever a sender writes, its JSON steers no terminal and means the same', (t) => {
  const numRuns = FULL ? 10_000 : 100;
  tried(t, numRuns, 'values');
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.constantFrom(0, 2), (value, indent) => {
      const text = jsonText(value, indent);
      assert.doesNotMatch(text, /(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
    }),
    { numRuns },
  );
});

test('C1 and bidi marks are escaped as JSON escapes ASCII’s', () => {
  assert.equal(
    jsonText({ 'a\u009b': '\u001b[2J\u007f\u0085\u202e\u2066' }),
    String.raw`{"a\u009b":"\u001b[2J\u007f\u0085\u202e\u2066"}`,
  );
});
