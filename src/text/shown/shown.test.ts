import assert from 'node:assert/strict';
import { test } from 'node:test';
import { htmlBlocks } from './html.ts';
import { markedBlocks, markedRuns, type Reading } from './marked.ts';

const SLACK: Reading = {
  marks: { '*': '*', _: '_', '~': '~' },
  quote: '>',
  links: 'angled',
  escapes: false,
  entities: 'everywhere',
  called: new Map([['<@U012AB3CD>', '@mona']]),
};
const DISCORD: Reading = {
  marks: { '*': '**', _: '*', '~': '~~' },
  quote: '> ',
  links: 'bracketed',
  escapes: true,
  entities: 'nowhere',
  called: new Map(),
};

test('marks, links and names are read, and lines that look alike are one block', () => {
  const text =
    '🟢  <https://acme.test/mona|mona> opened: *<https://acme.test/?a=1&amp;b=2|R&amp;D _now_>*\n>said\n>→ <@U012AB3CD>';
  assert.deepEqual(markedBlocks(text, SLACK), [
    {
      kind: 'text',
      runs: [
        { text: '🟢  ' },
        { text: 'mona', url: 'https://acme.test/mona' },
        { text: ' opened: ' },
        { text: 'R&D ', bold: true, url: 'https://acme.test/?a=1&b=2' },
        { text: 'now', bold: true, italic: true, url: 'https://acme.test/?a=1&b=2' },
      ],
    },
    { kind: 'quote', runs: [{ text: 'said\n→ ' }, { text: '@mona', bold: true }] },
  ]);
});

test('a fence is code as it stands, and signs in it are no marks', () => {
  const text = 'before\n```\nif (a &lt; b) *x* = `y`;\n```\nafter';
  assert.deepEqual(markedBlocks(text, SLACK), [
    { kind: 'text', runs: [{ text: 'before' }] },
    { kind: 'code', text: 'if (a < b) *x* = `y`;' },
    { kind: 'text', runs: [{ text: 'after' }] },
  ]);
});

test('a mark that is parted, escaped, within a word or never closed is a sign', () => {
  assert.deepEqual(markedRuns('a \u2060*\u2060b\u2060*\u2060 snake_case_name *open', SLACK), [
    { text: 'a *b* snake_case_name *open' },
  ]);
  assert.deepEqual(markedRuns(String.raw`\*\*a\*\* **b \[c\]** *d* &lt;`, DISCORD), [
    { text: '**a** ' },
    { text: 'b [c]', bold: true },
    { text: ' ' },
    { text: 'd', italic: true },
    { text: ' &lt;' },
  ]);
});

test('only http and https are addresses', () => {
  assert.deepEqual(markedRuns('<javascript:alert(1)|x> <https://a.test|y>', SLACK), [
    { text: 'x ' },
    { text: 'y', url: 'https://a.test' },
  ]);
  assert.deepEqual(markedRuns('[x](javascript:alert(1))', DISCORD), [{ text: '[x](javascript:alert(1))' }]);
  assert.deepEqual(htmlBlocks('<a href="javascript:alert(1)">x</a>'), [{ kind: 'text', runs: [{ text: 'x' }] }]);
});

test('HTML of ours: paragraphs, quotes, lists, code and what is small', () => {
  const html =
    '<p>→ mona<br><b>Opened</b> <a href="https://a.test/?a=1&amp;b=2">it</a></p><blockquote>&gt; said<br>more</blockquote>' +
    '<ol start="3"><li>one<ul><li>two</li></ul></li><li>three</li></ol><pre><code>a &lt; b\n</code></pre><font color="#5f6368">small</font>';
  assert.deepEqual(htmlBlocks(html), [
    {
      kind: 'text',
      runs: [
        { text: '→ mona\n' },
        { text: 'Opened', bold: true },
        { text: ' ' },
        { text: 'it', url: 'https://a.test/?a=1&b=2' },
      ],
    },
    { kind: 'quote', runs: [{ text: '> said\nmore' }] },
    { kind: 'text', runs: [{ text: '3. one\n  • two\n4. three' }] },
    { kind: 'code', text: 'a < b' },
    { kind: 'small', runs: [{ text: 'small' }] },
  ]);
});

test('what is no markup of ours stays text, however broken', () => {
  for (const text of [
    '<',
    '<b',
    '&',
    '&#0;',
    '&#x110000;',
    '</p></b>',
    '```',
    '`',
    '[',
    '<|>',
    '\\',
    '*'.repeat(10_000),
  ]) {
    for (const reading of [SLACK, DISCORD]) markedBlocks(text, reading);
    htmlBlocks(text);
  }
  assert.deepEqual(markedRuns('*', SLACK), [{ text: '*' }]);
  assert.deepEqual(htmlBlocks('a < b & c'), [{ kind: 'text', runs: [{ text: 'a < b & c' }] }]);
});
