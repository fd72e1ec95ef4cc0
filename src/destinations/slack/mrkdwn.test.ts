import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { FULL, tried } from '../../../tests/support/long-form.ts';
import type { ExcerptLimits } from '../../text/markdown/write.ts';
import { mrkdwn } from './mrkdwn.ts';

const WIDE: ExcerptLimits = { shown: 3000, length: 3000, lines: 100, quoted: false };
const convert = (markdown: string, options: Partial<ExcerptLimits> = {}) => mrkdwn(markdown, { ...WIDE, ...options });
const WJ = '\u2060';

const CASES: readonly (readonly [what: string, markdown: string, expected: string])[] = [
  ['a link', 'see [the guide](https://x.test/a?b=1&c=2)', 'see <https://x.test/a?b=1&amp;c=2|the guide>'],
  ['a bare URL', 'at https://x.test/a, then', 'at <https://x.test/a|https://x.test/a>, then'],
  ['an autolink', '<https://x.test/>', '<https://x.test/|https://x.test/>'],
  ['bold and italic', '**b** __b__ *i* _i_ ~~s~~', '*b* *b* _i_ _i_ ~s~'],
  ['bold within bold', '**a __b__ c**', '*a b c*'],
  ['snake case', 'call retry_uploads_now', 'call retry_uploads_now'],
  ['marks without partner', '2 * 3 and _x', `2 ${WJ}*${WJ} 3 and ${WJ}_${WJ}x`],
  ['inline code', 'use `a < b && *c*`', 'use `a &lt; b &amp;&amp; *c*`'],
  ['a heading below text', 'x\n## Steps ##\ny', 'x\n*Steps*\ny'],
  ['a heading with nothing under it', 'x\n## Notes\n', 'x'],
  ['a list', '- a\n  * b\n1. c', '• a\n  • b\n1. c'],
  ['a task list', '- [ ] a\n- [x] b', '☐ a\n☑ b'],
  ['an image', 'x ![shot](https://x.test/a.png)', 'x <https://x.test/a.png|🖼 shot>'],
  ['a picture without a name', 'x ![image](https://x.test/a.png)', 'x <https://x.test/a.png|🖼>'],
  ['a picture with a link', '[![shot](https://x.test/a.png)](https://x.test/p)', '<https://x.test/p|🖼 shot>'],
  ['a badge', 'x [![ci](https://x.test/b.svg)](https://x.test/ci) ![](https://img.shields.io/a.svg)', 'x'],
  ['a table', '| a | b |\n|---|:-:|\n| 1 | 2 |', 'a · b\n1 · 2'],
  ['fenced code', 'x\n```ts\nconst a = *b* & c;\n```\ny', 'x\n```\nconst a = *b* &amp; c;\n```\ny'],
  ['code that is never closed', '```\na', '```\na\n```'],
  ['comments', 'a<!-- b\nc -->d <!-- e', 'ad '],
  ['emphasis within emphasis', '***a** b* **c *d* e**', '_*a* b_ *c _d_ e*'],
  ['emphasis over two lines', '**a\nb** c', '*a*\n*b* c'],
  ['one sign for struck text', '~a~ b~c~d ~~e~', `~a~ b~c~d ${WJ}~${WJ}${WJ}~${WJ}e${WJ}~${WJ}`],
  ['lines that are broken by a sign', 'a\\\nb  \nc', 'a\nb\nc'],
  ['a heading with a line below', 'x\n\nSteps\n---\ny', 'x\n*Steps*\ny'],
  ['rules', 'a\n\n---\n* * *\n___\nb', 'a\nb'],
  ['a text below an item', '- a\n\n  b\n\n  - c\nd\n\ne', '• a\n  b\n  • c\n    d\ne'],
  ['items with one number', '1. a\n1. b\n\n   c\n1. d', '1. a\n2. b\n  c\n3. d'],
  ['a number that begins a line', 'It was\n2026. Then', 'It was\n2026. Then'],
  ['tasks in tasks', '- [x] a\n  - [ ] b', '☑ a\n  ☐ b'],
  ['code in an item', '- a\n  ```\n  b\n    c\n  ```', '• a\n```\nb\n  c\n```'],
  ['indented code', 'a\n\n    b\n\nc', 'a\n```\nb\n```\nc'],
  ['a table without borders', 'a | b\n--|--\n1 \\| 2 | **3**\n\nc', 'a · b\n1 | 2 · *3*\nc'],
  ['a table in an item', '- a | b\n  --|--\n  1 | 2', '• a · b\n  1 · 2'],
  ['an alert', '> [!WARNING]\n> a\n> b\n\nc', '⚠️ a\nb\nc'],
  ['alerts', '> [!note]\n> a\n\n> [!TIP]\n> b\n\n> [!IMPORTANT]\n> c\n\n> [!CAUTION]\n> d', 'ℹ️ a\n💡 b\n❗ c\n🛑 d'],
  ['a footnote', 'a[^1] b[^why]\n\n[^1]: c', 'a¹ b[why]\n¹ c'],
  [
    'links by name',
    '[a][1], [b], [C][] ![d][1] [e]\n\n[1]: https://x.test/1\n[B]: <https://x.test/b>\n[c]: https://x.test/c "t"',
    '<https://x.test/1|a>, <https://x.test/b|b>, <https://x.test/c|C> <https://x.test/1|🖼 d> [e]',
  ],
  ['a bare www', 'see www.x.test.', 'see <http://www.x.test/|www.x.test>.'],
  ['a link with emphasis and code in it', '[**a** `b`](https://x.test/)', '<https://x.test/|a b>'],
  ['emoji', ':tada: done, 10:100:20 :+1: :of_ours:', `🎉 done, 10:100:20 👍 :of_ours:`],
  ['a summary', '<details><summary>More</summary>a<br/></details>', '▸ More\na'],
  ['marks of HTML', '<b>a</b> <em>b</em> <del>c</del> <kbd>Ctrl</kbd> <sub>d</sub>', '*a* _b_ ~c~ `Ctrl` d'],
  [
    'blocks of HTML',
    '<h2>A</h2>\n<p align="center"><img src="https://x.test/a.png" alt="shot"></p>\n<ul><li>a</li><li>b</li></ul>',
    '*A*\n<https://x.test/a.png|🖼 shot>\n• a\n• b',
  ],
  ['a table of HTML', '<table><tr><th>a</th><th>b</th></tr>\n<tr><td>1</td>\n<td>2</td></tr></table>', 'a · b\n1 · 2'],
  [
    'a link of HTML',
    '<a href="https://x.test/?a&amp;b">go <b>on</b></a> <a>x</a>',
    '<https://x.test/?a&amp;b|go on> x',
  ],
  ['what only looks like a tag', 'a Promise<Upload> and <T>', 'a Promise&lt;Upload&gt; and &lt;T&gt;'],
  ['entities', 'a &lt;b&gt; &amp; &#39;c&#x27; &#x202e; &hellip;', `a &lt;b&gt; &amp; 'c' …`],
  ['a quote', '> a\n\nb', '>a\nb'],
  ['a mention', 'thanks @mona', 'thanks @mona'],
  ['a call to everybody', 'hi @channel and @here', `hi @${WJ}channel and @${WJ}here`],
  ['a Slack control sequence', 'hi <!channel> <@U123> <#C1>', 'hi &lt;!channel&gt; &lt;@U123&gt; &lt;#C1&gt;'],
  ['a relative link', '[docs](./docs)', 'docs'],
  ['a script link', '[x](javascript:alert)', 'x'],
  ['an escaped mark', '\\*a\\*', `${WJ}*${WJ}a${WJ}*${WJ}`],
];
for (const [what, markdown, expected] of CASES) {
  test(`${what} becomes ${JSON.stringify(expected)}`, () => assert.equal(convert(markdown), expected.trimEnd()));
}

test('a link whose text names another address shows the real one', () => {
  assert.equal(convert('[https://good.test/x](https://evil.test/y)'), '<https://evil.test/y|https://evil.test/y>');
  assert.equal(convert('[good.test](https://evil.test/y)'), '<https://evil.test/y|good.test (evil.test)>');
  assert.equal(convert('[https://good.test/x](https://good.test/y)'), '<https://good.test/y|https://good.test/x>');
  assert.equal(convert('[x](https://good.test@evil.test/)'), 'x');
});

test('a link with letters that look like others shows as it is resolved', () => {
  for (const written of ['https://g\u0456thub.test/x', 'https://git\u0332hub.test/x', 'https://good.test\u00a1/x']) {
    const { href } = new URL(written);
    assert.match(href, /xn--/);
    assert.equal(convert(`see ${written}`), `see <${href}|${href}>`);
    assert.equal(convert(`[${written}](${written})`), `<${href}|${href}>`);
  }
});

test('what was a quote before wears a sign of its own', () => {
  assert.equal(convert('> a\n\nb', { quoted: true }), '>&gt; a\n>b');
});

test('quoting puts a sign before every line but code', () => {
  assert.equal(convert('a\n```\nb\n```\nc', { quoted: true }), '>a\n```\nb\n```\n>c');
});

test('a cut closes what is open and says that there was more', () => {
  assert.equal(convert('**aaaa bbbb**', { shown: 6 }), '*aaaa…*');
  assert.equal(convert('`aaaa bbbb`', { shown: 6 }), '`aaaa…`');
  assert.equal(convert('a\nb\nc', { lines: 2 }), 'a\nb …');
  assert.equal(convert('It works on my machine', { shown: 15 }), 'It works on my…');
  assert.equal(convert('It works, on my machine', { shown: 11 }), 'It works…');
  assert.equal(convert('a & b & c & d & e', { shown: 20 }), 'a &amp; b &amp; c…');
  assert.equal(convert('**aa bb cc**\ndd', { shown: 7 }), '*aa bb…*');
  assert.equal(convert('aa [bb cc](https://x.test/) dd', { shown: 7 }), 'aa bb…');
  assert.equal(convert('```\nabc\ndef', { shown: 4 }), '```\nabc\n…\n```');
});

const MARKUP = [
  '<!channel>',
  '<@U1>',
  '[',
  '](https://evil.test)',
  '![',
  '**',
  '*',
  '_',
  '`',
  '```\n',
  '> ',
  '\n',
  '| ',
  '&',
  '<',
  '>',
  '|',
];
const hostile = fc.array(
  fc.oneof(
    fc.constantFrom(...MARKUP, '- [ ] ', '# ', '\0', '\u202e', '\ud800', '😀', '<!--', '-->', ' '),
    fc.string({ maxLength: 8 }),
  ),
  { maxLength: 60 },
);

test('whatever the Markdown: only our own links, no control sequence, no mark left open, no limit passed', (t) => {
  const numRuns = FULL ? 5_000 : 500;
  tried(t, numRuns, 'texts');
  fc.assert(
    fc.property(hostile, fc.integer({ min: 20, max: 400 }), fc.boolean(), (parts, length, quoted) => {
      const text = convert(parts.join(''), { shown: 100, length, quoted });
      assert.ok(text.length <= length, `${text.length} > ${length}`);
      assert.ok(text.isWellFormed());
      assert.doesNotMatch(text.replace(/<https?:\/\/[^<>|]+\|[^<>]+>/g, ''), /</);
      assert.doesNotMatch(text, /&(?!(?:amp|lt|gt);)/);
      assert.equal(text.split('```').length % 2, 1);
    }),
    { numRuns },
  );
});

const PATHOLOGICAL = [
  '[',
  ']',
  '![',
  '[a](',
  '[a](b "',
  '](',
  '*',
  '**a',
  '_a ',
  '*a_',
  '`',
  '` ``',
  '<',
  '<a ',
  '<!--',
  '>',
  '> ',
  '# ',
  '#',
  '|',
  '|-',
  '- ',
  '- [ ] ',
  '\\',
  '&',
  '&amp',
  '(',
  ')',
  '[](',
  '![](x',
  '~',
  '\n',
  ' ',
  '\t',
  'https://a',
  'h',
  'https://a.b/)',
  '[[a](b)',
  '"',
  '😀',
  '\ud800',
  '-_*',
  '```\n',
  'a.',
  '@channel',
  '<b>',
  '<a href=x>',
  '<code>',
  '<td>',
  '[a][b]',
  '[a]: b\n',
  '[^a]',
  'a|b\n-|-\n',
  ':a:',
  '&#1;',
  '> - ',
  '1. ',
  '*a **b ',
  '_*',
];
test('100 kB of anything is converted, in linear time', () => {
  convert('warm **up** [a](https://x.test) `x`'.repeat(100));
  for (const part of PATHOLOGICAL) {
    for (const input of [part.repeat(100_000 / part.length), `x ${part.repeat(100_000 / part.length)}x`]) {
      // A pattern that goes back over what it read would take minutes; `npm run bench -- --only decide` says how long it takes.
      assert.equal(typeof convert(input), 'string');
    }
  }
});
