import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isScalar, parseDocument } from 'yaml';
import { withinScalar } from './within-scalar.ts';

const VALUE = 'actor.login != "mona" && actr.isBot';

/** What the piece of the value that reads `needle` reads in the source. */
function pointed(source: string, needle: string): string | null {
  const document = parseDocument(source);
  const node = document.get('if', true);
  assert.ok(isScalar(node) && node.range);
  const value = String(node.value);
  const start = value.indexOf(needle);
  assert.ok(start >= 0, value);
  const [from, to] = node.range;
  const scalar = source.slice(from, to);
  const within = withinScalar(scalar, value, { start, end: start + needle.length });
  return within && scalar.slice(within.start, within.end);
}

const FORMS: Readonly<Record<string, string>> = {
  plain: `if: ${VALUE}\n`,
  'plain, over lines': 'if: actor.login != "mona"\n  && actr.isBot\n',
  'in single quotes': `if: '${VALUE}'\n`,
  'in single quotes, with one within': "if: 'x != ''mona'' && actr.isBot'\n",
  'in double quotes, with escaped ones within': `if: "${VALUE.replaceAll('"', '\\"')}"\n`,
  'a block': 'if: |\n  actor.login != "mona" &&\n    actr.isBot\n',
  'a folded block with a comment in its header': 'if: >-  # why\n  actor.login != "mona" &&\n\n  actr.isBot\n\n',
};

for (const [form, source] of Object.entries(FORMS)) {
  test(`a piece of a text is found where it is written: ${form}`, () => {
    assert.equal(pointed(source, 'actr'), 'actr');
    assert.equal(pointed(source, '&&'), '&&');
  });
}

test('a text that is written otherwise is pointed at as a whole', () => {
  assert.equal(pointed('if: "\\x61ctr.isBot"\n', 'actr'), null);
  assert.equal(withinScalar('${CONDITION}', 'actr.isBot', { start: 0, end: 4 }), null);
});

test('what ends too early is shown at its last character', () => {
  assert.deepEqual(withinScalar('"a &&"', 'a &&', { start: 4, end: 5 }), { start: 4, end: 5 });
});
