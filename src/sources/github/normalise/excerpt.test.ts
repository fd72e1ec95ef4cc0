import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excerpt } from './common.ts';
import { toldExcerpt } from './excerpt.ts';
import { withReferences } from './references.ts';

const PAGE = 'https://github.com/acme/api';
const HOME = { name: 'acme/api', url: PAGE };
const WEB = 'https://github.com/acme/web';
const SHA = '0123456789abcdef0123456789abcdef01234567';

const REFERENCES: readonly (readonly [written: string, shown: string])[] = [
  ['see #1499, and (#7).', `see [#1499](${PAGE}/issues/1499), and ([#7](${PAGE}/issues/7)).`],
  ['acme/web#77 GH-12', `[acme/web#77](${WEB}/issues/77) [GH-12](${PAGE}/issues/12)`],
  [SHA, `[0123456](${PAGE}/commit/${SHA})`],
  ['by 3dce5c8.', `by [3dce5c8](${PAGE}/commit/3dce5c8).`],
  ['``#12`', `\`\`[#12](${PAGE}/issues/12)\``],
  ['acme/web@3dce5c8', `[acme/web@3dce5c8](${WEB}/commit/3dce5c8)`],
  [`${PAGE}/pull/77, ${WEB}/issues/7`, `[#77](${PAGE}/pull/77), [acme/web#7](${WEB}/issues/7)`],
  [`(${PAGE}/commit/${SHA})`, `([0123456](${PAGE}/commit/${SHA}))`],
  [`${PAGE}/pull/7#issuecomment-9`, `[#7 (comment)](${PAGE}/pull/7#issuecomment-9)`],
  ...[
    '`#12` and ``#12 ` #13``',
    '```\n#12\n```',
    '~~~\n#12',
    '[#12](https://x.test/) ![#1](https://x.test/)',
    `[![x](https://x.test/x.png)](${PAGE}/pull/7)`,
    '<a href="https://x.test/#12">x</a>',
    `[1]: ${PAGE}/pull/7`,
    'https://x.test/acme/api/pull/7 https://github.com/acme/api/actions',
    '&#39; a#1 #fff #12px \\#12 /#1',
    'deadbeef 1234567 550e8400-e29b-41d4 sha256:abc1234 v1.3dce5c8',
    '@mona',
  ].map((same) => [same, same] as const),
];
for (const [written, shown] of REFERENCES) {
  test(`${JSON.stringify(written)} refers as GitHub shows it`, () =>
    assert.equal(withReferences(written, HOME), shown));
}

test('what belongs to no repository names one, and Enterprise has its own pages', () => {
  const unreadable = { name: 'acme/api', url: 'http://[' };
  assert.equal(withReferences('#1', unreadable), '[#1](https://github.com/acme/api/issues/1)');
  assert.equal(withReferences('#1 acme/web#2', null), `#1 [acme/web#2](${WEB}/issues/2)`);
  const own = { name: 'a/b', url: 'https://git.example.test/a/b' };
  const page = 'https://git.example.test/a/b/issues/1';
  assert.equal(withReferences(`#1 ${page} ${PAGE}/pull/2`, own), `[#1](${page}) [#1](${page}) ${PAGE}/pull/2`);
});

test('references are found in linear time', () => {
  assert.equal(withReferences(`x${'`'.repeat(6_000)} https://`, HOME).length, 6_010);
  for (const part of ['[', '`', '#1', 'a/', '<', 'https://a', '```\n', 'f1', 'a/b#1 ', '![a](']) {
    assert.equal(typeof withReferences(part.repeat(6_000 / part.length), HOME), 'string');
  }
});

const subject = (title: string, handle: string | null = null) => ({ noun: 'x', handle, title, url: '' });
const told = (body: string, title = 'Uploads fail', handle: string | null = null) =>
  toldExcerpt({ excerpt: excerpt(body), subject: subject(title, handle) }, HOME);

test('only a heading that repeats the title is left out', () => {
  assert.equal(told('# Uploads fail!\n\nOften.'), 'Often.');
  assert.equal(told('## Features\n\n- a'), '## Features\n\n- a');
  const snyk = '### Snyk has created this PR to fix 2 vulnerabilities\n\na';
  assert.equal(told(snyk), snyk);
  assert.equal(told('## [1.2.0](https://x.test/c) (2026-01-02)\n\n* a', 'v1.2.0'), '* a');
  assert.equal(told('# v2 of the API\n\na', 'The API', 'v2'), '# v2 of the API\n\na');
});

test('what is spoken is without what it answers to; nothing else is', () => {
  const body = '> why?\n\nBecause.';
  assert.equal(toldExcerpt({ excerpt: excerpt(body), isSpoken: true, subject: null }, HOME), 'Because.');
  assert.equal(told(body), body);
});

test('what is not seen does not use up the room of what is', () => {
  const folded = `<details>\n<summary>Logs</summary>\n\n${'log\n'.repeat(9_000)}</details>\n\nFixed.`;
  assert.equal(told(folded), '▸ Logs\n\nFixed.');
  assert.equal(told('<!-- a -->\n[![b](https://img.shields.io/b)](https://x.test/)'), null);
  const long = told('word '.repeat(2_000)) ?? '';
  assert.match(long, /^(?:word )+word…$/);
  assert.ok(long.length <= 3_000 && long.length > 2_980);
  const many = told('#1\n'.repeat(1_000)) ?? '';
  assert.match(many, /^(?:\[#1\]\([^()]+\)\n)+…$/);
  assert.ok(many.length <= 3_000 && many.length > 2_900);
});
