import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { columnsOf } from '../shared/terminal/columns.ts';
import { fold, foldFor } from './fold.ts';

test('what fits stays as it is', () => {
  assert.equal(fold('ok    database  sqlite', 22), 'ok    database  sqlite');
});

test('a line breaks between words, and goes on below where its text began', () => {
  assert.equal(
    fold('warn  slack            not connected: messages appear here only', 46),
    'warn  slack            not connected: messages\n                       appear here only',
  );
  assert.equal(fold('  → Connect it: npx tidings connect slack', 24), '  → Connect it: npx\n  tidings connect slack');
  assert.equal(fold('Nothing is broken; 1 warning above.', 20), 'Nothing is broken; 1\nwarning above.');
});

test('what begins in the right half gets a line of its own', () => {
  assert.equal(fold('warn  slack            not connected', 30), 'warn  slack\n      not connected');
  assert.equal(
    fold('  $ npx tidings events --limit 1000   one JSON object a line', 50),
    '  $ npx tidings events --limit 1000\n    one JSON object a line',
  );
  assert.equal(
    fold(`${' '.repeat(23)}→ Start it: npx tidings start`, 44),
    '              → Start it: npx tidings start',
  );
});

test('an address is never cut', () => {
  const url = 'https://tidings.example.org/webhooks/github-enterprise';
  assert.equal(fold(`Webhook    ${url}     (set PUBLIC_URL)`, 40), `Webhook    ${url}\n           (set PUBLIC_URL)`);
});

test('no line is wider than the terminal, unless one word is; and no word is lost', () => {
  const word = fc.string({ minLength: 1, maxLength: 12 }).map((text) => text.replaceAll(/\s/g, '_'));
  fc.assert(
    fc.property(
      fc.array(word),
      fc.integer({ min: 20, max: 90 }),
      fc.constantFrom('', '  ', 'name   '),
      (words, width, head) => {
        const text = fold(head + words.join(' '), width);
        assert.deepEqual(text.trim().split(/\s+/), (head + words.join(' ')).trim().split(/\s+/));
        for (const line of text.split('\n'))
          assert(columnsOf(line) <= width || line.trim().split(' ').length <= 2, line);
      },
    ),
  );
});

test('at a terminal nothing but colour passes; a pipe gets every byte', () => {
  const text = 'a\u001b[31mred\u001b[39m\u001b[2J\u009b31m\u202e\u0007\tb\nc';
  const terminal = { isTTY: true, columns: 80 };
  assert.equal(foldFor(terminal, text), 'a\u001b[31mred\u001b[39m[2J31m\tb\nc');
  assert.equal(foldFor({ ...terminal, isTTY: false }, text), text);
});
