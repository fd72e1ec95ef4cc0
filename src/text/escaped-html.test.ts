import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapedHtml } from './escaped-html.ts';

test('nothing of a text acts, in an element or an attribute', () => {
  assert.equal(escapedHtml(`<a href="x">&'`), '&lt;a href=&quot;x&quot;&gt;&amp;&#39;');
});
