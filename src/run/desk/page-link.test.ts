import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pagesOf, searchesFor } from './page-link.ts';

const found = (link: string) => searchesFor(link).map(({ repo, text }) => [repo, text]);

test('a link is the page it leads to, and what that is part of', () => {
  assert.deepEqual(pagesOf('https://GitHub.com/acme/api/pull/12/files?w=1#diff'), [
    'github.com/acme/api/pull/12/files',
    'github.com/acme/api/pull/12',
  ]);
  assert.deepEqual(pagesOf('https://github.com/acme/api/pull/12/'), ['github.com/acme/api/pull/12']);
});

test('what it says of repository, and number or name, is looked for', () => {
  const all = (repo: string | undefined, text: string) =>
    repo === undefined
      ? [[undefined, text]]
      : [
          [repo, text],
          [undefined, text],
          [repo, undefined],
        ];
  assert.deepEqual(found('https://github.com/acme/api/pull/12/files'), all('acme/api', '12'));
  assert.deepEqual(found('https://gitlab.com/acme/web/api/-/merge_requests/5'), all('acme/web/api', '5'));
  assert.deepEqual(found('https://acme.example/browse/API-12'), all('browse/API-12', 'API-12'));
  assert.deepEqual(found(`https://github.com/acme/api/commit/${'f'.repeat(40)}`), all('acme/api', 'fffffff'));
  assert.deepEqual(found('https://acme.example/incidents'), all(undefined, 'incidents'));
});

test('what is no link to a page is none, however it is written', () => {
  for (const link of [
    '',
    'acme/api#12',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://',
    `https://x/${'a/'.repeat(2_000)}`,
  ]) {
    assert.deepEqual([pagesOf(link), searchesFor(link)], [[], []], link.slice(0, 40));
  }
  assert.deepEqual(pagesOf('https://github.com/'), []);
  assert.equal(pagesOf('https://github.com/%E0%A4%A/12').length, 1);
});
