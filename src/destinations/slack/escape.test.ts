import assert from 'node:assert/strict';
import { test } from 'node:test';
import { code, imageUrl, label, link, neutralise, safeUrl } from './escape.ts';
import { clip } from './limits.ts';

test('a label folds lines, drops what cannot be seen and escapes', () => {
  assert.equal(label(' a\r\n\tb \u202ec\0\ud800 <!here> ', 100), 'a b c &lt;!here&gt;');
});

test('only marks that could take effect are neutralised, and the letters stay', () => {
  assert.equal(neutralise('snake_case 5*3'), 'snake_case 5*3');
  assert.equal(neutralise('*a*').replaceAll('\u2060', ''), '*a*');
  assert.equal(neutralise('*a*').length, 7);
});

test('a cut never splits an entity, a link or a pair', () => {
  assert.equal(clip('ab&amp;cd', 6), 'ab…');
  assert.equal(clip('ab&amp;cd', 9), 'ab&amp;cd');
  assert.equal(clip('ab&amp;cde', 9), 'ab&amp;c…');
  assert.equal(clip('<https://x.test|abc>', 10), '…');
  assert.equal(clip('a😀b', 3), 'a…');
});

test('code holds no backtick of its own', () => {
  assert.equal(code('a`b', 50), "`a'b`");
  assert.equal(code(' ', 50), '');
});

test('a URL is trusted when it is http, whole and honest', () => {
  assert.equal(safeUrl('https://x.test/a|b?c=<d>&e'), 'https://x.test/a%7Cb?c=%3Cd%3E&amp;e');
  for (const bad of [
    'javascript:alert(1)',
    '/a',
    'https://good.test@evil.test/',
    `https://x.test/${'a'.repeat(1000)}`,
    '',
    null,
  ]) {
    assert.equal(safeUrl(bad), null);
  }
  assert.equal(link(null, 'a'), 'a');
  assert.equal(link('https://x.test', 'a'), '<https://x.test/|a>');
});

test('an image is taken from a public https host only', () => {
  assert.equal(imageUrl('https://avatars.test/u/1?v=4'), 'https://avatars.test/u/1?v=4');
  for (const bad of ['http://avatars.test/a', 'https://localhost/a', 'https://', null])
    assert.equal(imageUrl(bad), null);
});
