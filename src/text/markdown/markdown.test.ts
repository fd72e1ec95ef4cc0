import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { FULL, tried } from '../../../tests/support/long-form.ts';
import { answerOf } from './answer.ts';
import { cutMarkdown } from './cut.ts';
import { onlyImage } from './only-image.ts';
import { unfolded } from './unfolded.ts';
import { htmlOf } from './write-html.ts';
import { firstWords, plainLines } from './write-plain.ts';

const HTML: readonly (readonly [markdown: string, html: string])[] = [
  ['# A #\n**b** _i_ ~~s~~\nc & "d"', '<p><b>A</b></p><p><b>b</b> <i>i</i> <s>s</s></p><p>c &amp; &quot;d&quot;</p>'],
  ['- a\n  - b\n\n    c\n- d', '<ul><li>a<ul><li>b<br>c</li></ul></li><li>d</li></ul>'],
  ['3. a\n4. b\n\n- c', '<ol start="3"><li>a</li><li>b</li></ol><ul><li>c</li></ul>'],
  ['- [x] a', '<ul><li>☑ a</li></ul>'],
  ['> a\n> > b\n\nc', '<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote><p>c</p>'],
  ['`<a>`\n```\n</pre>\n```', '<p><code>&lt;a&gt;</code></p><pre><code>&lt;/pre&gt;\n</code></pre>'],
  ['[x](https://x.test/?a&b)', '<p><a href="https://x.test/?a&amp;b" rel="nofollow noreferrer">x</a></p>'],
  ['![x](https://x.test/)', '<p><a href="https://x.test/" rel="nofollow noreferrer">🖼 x</a></p>'],
  ['[x](javascript:alert) <script>y</script>', '<p>x &lt;script&gt;y&lt;/script&gt;</p>'],
];
for (const [markdown, html] of HTML) {
  test(`${JSON.stringify(markdown)} as HTML`, () => assert.equal(htmlOf(markdown), html));
}

test('HTML opens and closes only what it may, whatever the Markdown', (t) => {
  const signs = [
    '**',
    '_',
    '~~',
    '`',
    '- ',
    '> ',
    '1. ',
    '  ',
    '\n',
    '\n\n',
    '<b>',
    '</i>',
    '<img src=x onerror=y>',
    '" \'',
    '```\n',
    '# ',
  ];
  const parts = fc.array(fc.oneof(fc.constantFrom(...signs), fc.string({ maxLength: 6 })), { maxLength: 40 });
  const numRuns = FULL ? 5_000 : 300;
  tried(t, numRuns, 'texts');
  fc.assert(
    fc.property(parts, (texts) => {
      const open: string[] = [];
      const html = htmlOf(texts.join(''));
      const rest = html.replace(
        /<(\/?)(p|b|i|s|code|pre|ul|ol|li|blockquote|a)(?: (?:href|start)="[^"<>]*"(?: rel="nofollow noreferrer")?)?>|<br>/g,
        (tag, slash, name) => {
          if (slash === '/') assert.equal(open.pop(), name, html);
          else if (tag !== '<br>') open.push(name);
          return '';
        },
      );
      assert.deepEqual(open, []);
      assert.doesNotMatch(rest, /[<>"]/);
    }),
    { numRuns },
  );
});

test('plain lines have no mark, fence or address', () => {
  assert.deepEqual(plainLines('# A\n- **b** [c](https://x.test/)\n\n> d\n\n```\ne\n```\n![f](https://x.test/f)', 9), [
    'A',
    '• b c',
    '> d',
    'e',
    '🖼 f',
  ]);
  assert.deepEqual(plainLines('a\nb\nc', 2), ['a', 'b']);
});

test('the first words are on one line, without code where there is anything else', () => {
  assert.equal(firstWords('I can **reproduce** it:\n\n```\nnpm ci\n```\n- on 17', 80), 'I can reproduce it: • on 17');
  assert.equal(firstWords('```\nnpm ci\nnpm test\n```', 80), 'npm ci npm test');
  assert.equal(firstWords('![image](https://x.test/a.png)', 80), '🖼');
  assert.equal(firstWords('One two three four', 12), 'One two…');
});

test('a picture shows no pictures', () => {
  assert.deepEqual(plainLines('![a ![b](https://x.test/b)](https://x.test/a)', 9), ['🖼 a ![b](https://x.test/b)']);
  assert.equal(plainLines(`${'!['.repeat(140)}a${'](b)'.repeat(140)}`, 9).length, 1);
});

test('a text is nothing but a picture, or not', () => {
  const image = { kind: 'image', url: 'https://x.test/a.png', text: 'shot' };
  assert.deepEqual(onlyImage('![shot](https://x.test/a.png)\n'), image);
  assert.deepEqual(onlyImage('<p><img src="https://x.test/a.png" alt="shot" width="9"></p>'), image);
  for (const more of ['![a](https://x.test/a)![b](https://x.test/b)', 'x ![a](https://x.test/a)', '', '```\na\n```']) {
    assert.equal(onlyImage(more), null);
  }
});

const UNFOLDED: readonly (readonly [what: string, markdown: string, seen: string])[] = [
  ['comments', 'a<!-- b\n\n-->c\n<!-- d', 'ac'],
  ['details', 'a\n<details>\n<summary>Logs</summary>\n\n- b\n</details>\n\nc', 'a\n\n▸ Logs\n\nc'],
  [
    'details within details',
    '<details><summary>A</summary><details><summary>B</summary>c</details>d</details>e',
    '▸ A\ne',
  ],
  ['a summary that is a heading', '<details><summary><h3>A</h3></summary>b</details>', '▸ A'],
  [
    'a tag of theirs in code',
    '<details>\n<summary>A</summary>\n\n```\n</details>\n```\nb\n</details>\n\n```\n<details>\n```',
    '▸ A\n\n```\n<details>\n```',
  ],
  ['details that are never closed', 'a\n<details>\nb', 'a'],
  [
    'badges',
    '[![a](https://img.shields.io/a)](https://x.test) ![b](https://badge.fury.io/b.svg)\n\nc ![d](https://x.test/d.png)',
    'c ![d](https://x.test/d.png)',
  ],
  ['badges of HTML', '<a href="https://x.test"><img src="https://codecov.io/a.svg"></a>\nb', 'b'],
];
for (const [what, markdown, seen] of UNFOLDED) {
  test(`${what} are not seen at once`, () => assert.equal(unfolded(markdown, 3_000), seen));
}

test('no more is read than is needed', () => {
  const text = unfolded(`<!-- a -->${'b\n'.repeat(30_000)}`, 1_000);
  assert.ok(text.length < 1_010);
  const linked = unfolded(
    `See [the log][1], [x].\n${'b\n'.repeat(900)}\n[1]: https://x.test/1\n[X]: https://x.test/x`,
    1_000,
  );
  assert.match(linked, /^See \[the log\]\(https:\/\/x\.test\/1\), \[x\]\(https:\/\/x\.test\/x\)\.\n/);
});

const MAIL = 'On Tue, 3 Nov 2026 at 10:00, Mona <mona@example.test> wrote:';
const ANSWERS: readonly (readonly [what: string, markdown: string, answer: string])[] = [
  ['an answer loses its quote', '> I do not understand\n> this\n\nSee the docs.', 'See the docs.'],
  ['each answer', '> a\n\nb\n\n> c\n\nd', 'b\n\nd'],
  ['an answer right below', '> a\nb', 'b'],
  ['a quote alone stays', '> a', '> a'],
  ['a quote without an answer below stays', 'Look:\n> a', 'Look:\n> a'],
  ['an alert stays', '> [!NOTE]\n> a\n\nb', '> [!NOTE]\n> a\n\nb'],
  ['a quote in code stays', '```\n> a\n```\nb', '```\n> a\n```\nb'],
  ['a reply by mail', `Yes.\n\n${MAIL}\n\n> a\n>\n> b`, 'Yes.'],
  ['a reply below', `${MAIL}\n> a\n\nYes.`, 'Yes.'],
  [
    'a long line of it',
    'Yes.\n\nOn Tue, Nov 3, 2026 at 10:00 AM Mona Lisa <reply+A@reply.example.test>\nwrote:\n\n> a',
    'Yes.',
  ],
  ['a reply in German', 'Ja.\n\nAm Di., 3. Nov. 2026 um 10:00 Uhr schrieb Mona <m@x.test>:\n\n> a', 'Ja.'],
  ['a reply in French', 'Oui.\n\nLe mar. 3 nov. 2026 à 10:00, Mona <m@x.test> a écrit :\n\n> a', 'Oui.'],
  ['a reply in Spanish', 'Sí.\n\nEl mar, 3 nov 2026 a las 10:00, Mona (<m@x.test>) escribió:\n\n> a', 'Sí.'],
  ['an older mail', 'Yes.\n\n-----Original Message-----\nFrom: Mona\n\na', 'Yes.'],
  ['a mail of Outlook', 'Yes.\n\n________________________________\nFrom: Mona\n\na', 'Yes.'],
  ['a mail of a phone', 'Yes.\n\nSent from my iPhone', 'Yes.'],
  ['a signature', 'Yes.\n-- \nMona', 'Yes.'],
  ['the footer of a notification', 'Yes.\n\n—\nReply to this email directly, or view it', 'Yes.'],
  ['what only begins like a mail', 'On 3 Nov mona wrote:\nthis is mine', 'On 3 Nov mona wrote:\nthis is mine'],
];
for (const [what, markdown, answer] of ANSWERS) {
  test(`${what}: what somebody says is theirs`, () => assert.equal(answerOf(markdown), answer));
}

test('Markdown is cut behind a paragraph, a line or a word, and within nothing', () => {
  assert.equal(cutMarkdown('short', 40), 'short');
  assert.equal(cutMarkdown(`${'a'.repeat(30)}\n\nb\nc c c c c c c c`, 46), `${'a'.repeat(30)}\n…`);
  assert.equal(cutMarkdown('word '.repeat(9), 30), 'word word word word…');
  assert.equal(cutMarkdown(`a a a a a [the guide](https://x.test/) b b b b b`, 38), 'a a a a a…');
  assert.equal(cutMarkdown(`a a a a a \`npm run test\` b b b b b b b b b b`, 30), 'a a a a a…');
  assert.equal(cutMarkdown(`\`\`\`\n${'a\n'.repeat(40)}\`\`\``, 40), `\`\`\`\n${'a\n'.repeat(15)}…\n\`\`\``);
});

test('100 kB of anything is read, in linear time', () => {
  const parts = [
    '<details>',
    '<summary>',
    '</details>',
    '<!--',
    '![',
    '![a](',
    '[a][',
    '[a]: b\n',
    '<img ',
    '<a x><img ',
    '> ',
    '>\n',
    '—\n',
    '-- \n',
    '```\n',
    'On 1 ',
  ];
  for (const part of parts) {
    const text = part.repeat(100_000 / part.length);
    // What goes back over what it read would take minutes.
    for (const each of [text, `x${text}`])
      assert.equal(typeof cutMarkdown(answerOf(unfolded(each, 3_000)), 3_000), 'string');
    assert.equal(typeof answerOf(text), 'string');
  }
});
