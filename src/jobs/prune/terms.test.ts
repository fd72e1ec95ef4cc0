import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyTerms, laterOf } from './terms.ts';

const terms = bodyTerms({
  bodies: 30,
  exceptions: [
    { source: null, repo: 'acme/secret-*', bodies: 1 },
    { source: null, repo: 'acme/*', bodies: null },
    { source: 'stripe', repo: null, bodies: 7 },
  ],
});

test('the first exception that fits says how long, else the general term', () => {
  const cases: readonly (readonly [source: string, repo: string | null, term: number | null])[] = [
    ['github', 'Acme/Secret-a', 1],
    ['github', 'acme/api', null],
    ['stripe', 'acme/api', null],
    ['stripe', null, 7],
    ['github', null, 30],
    ['github', 'other/secret-a', 30],
  ];
  for (const [source, repo, term] of [...cases, ...cases])
    assert.equal(terms.of({ source, repo }), term, `${source} ${repo}`);
  assert.deepEqual(terms.finite, [1, 7, 30]);
});

test('hostile names cost no more than others', () => {
  const repo = `acme/${'secret-'.repeat(20_000)}`;
  const many = bodyTerms({
    bodies: 30,
    exceptions: [{ source: null, repo: `acme/${'*a'.repeat(60)}*b`, bodies: 1 }],
  });
  assert.equal(many.of({ source: 'github', repo: `acme/${'a'.repeat(200)}` }), 30);
  assert.equal(terms.of({ source: 'github', repo }), 1);
  for (let n = 0; n < 25_000; n++) terms.of({ source: 'github', repo: `x/${n}` });
});

test('of two settings the later counts', () => {
  const both = laterOf(terms, bodyTerms({ bodies: 3, exceptions: [] }));
  assert.equal(both.of({ source: 'github', repo: 'acme/secret-a' }), 3);
  assert.equal(both.of({ source: 'github', repo: 'acme/api' }), null);
  assert.equal(both.of({ source: 'github', repo: null }), 30);
  assert.deepEqual(both.finite, [1, 3, 7, 30]);
});
