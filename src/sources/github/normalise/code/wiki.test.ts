import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineBy } from '../../../../../tests/fixtures/line-by.ts';
import { inRepository } from '../../../../../tests/fixtures/pairs/scene.ts';
import { toldBy } from '../../../../../tests/fixtures/told.ts';
import { commitComment } from './commit-comment.ts';
import { gollum } from './wiki.ts';

const page = (title: string, action = 'edited') => ({
  title,
  action,
  summary: null,
  html_url: `https://github.com/acme/api/wiki/${title}`,
});

test('one wiki page is told by its name, with what its author says of the change', () => {
  const payload = inRepository('mona', { pages: [{ ...page('Runbook', 'created'), summary: 'First steps' }] });
  const said = toldBy(gollum, payload);
  assert.deepEqual([said.headline, said.did, said.subject?.title], ['Wiki page created', 'created {it}', 'Runbook']);
  assert.equal(lineBy('gollum', payload), 'mona created wiki page Runbook in acme/api');
  const unnamed = lineBy('gollum', inRepository('mona', { pages: [{}] }));
  assert.equal(unnamed, 'mona edited a wiki page in acme/api');
  assert.deepEqual([said.excerpt, said.subject?.url], ['First steps', 'https://github.com/acme/api/wiki/Runbook']);
});

test('several wiki pages are listed, five at most', () => {
  const pages = ['Home', 'Runbook', 'Setup', 'Releases', 'Alerts', 'Quotas', 'Names'].map((title) => page(title));
  const said = toldBy(gollum, inRepository('mona', { pages }));
  assert.equal(said.headline, 'Wiki changed');
  const line = (changes = {}) => lineBy('gollum', inRepository('mona', { pages }), changes);
  assert.equal(line(), 'mona edited 7 wiki pages in acme/api: Home, Runbook, Setup and 4 more');
  assert.match(line({ pages: [page('Home', 'created'), page('Setup')] }), /^mona changed 2 wiki pages in/);
  assert.match(said.excerpt ?? '', /^- Home \(edited\)\n[^]*\n- and 2 more$/);
});

test('a wiki event that names no page is still told', () => {
  const said = toldBy(gollum, inRepository('mona', {}));
  assert.deepEqual([said.subject?.noun, said.excerpt], ['wiki', null]);
});

test('a comment on a commit tells the commit and the place in the code', () => {
  const comment = {
    commit_id: '6113728f27ae82c7b1a177c8d03f9e96e0adf246',
    body: 'Nice catch!',
    path: 'src/upload/send.ts',
    line: 14,
  };
  const said = toldBy(commitComment, inRepository('priya-k', { action: 'created', comment }));
  assert.deepEqual([said.did, said.subject?.handle], ['commented on {it}', '6113728']);
  assert.deepEqual([said.excerpt, said.isSpoken, said.facts], ['Nice catch!', true, ['src/upload/send.ts:14']]);
  assert.equal(said.subject?.url, `https://github.com/acme/api/commit/${comment.commit_id}`);
});
