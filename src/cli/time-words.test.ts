import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ago, span } from '../shared/time-words.ts';
import { CliError } from './cli-error.ts';
import { parseSince } from './since.ts';

const NOW = Date.parse('2026-11-23T17:00:00Z');

test('since is a span before now or an ISO time', () => {
  assert.equal(parseSince('2h', NOW), NOW - 7_200_000);
  assert.equal(parseSince('90 s', NOW), NOW - 90_000);
  assert.equal(parseSince('1w', NOW), NOW - 604_800_000);
  assert.equal(parseSince('2026-11-23T10:00:00Z', NOW), Date.parse('2026-11-23T10:00:00Z'));
  assert.equal(parseSince('2026-11-23', NOW), Date.parse('2026-11-23'));
});

for (const text of ['', 'yesterday', '2', '2y', '-2h', '2026-13-40']) {
  test(`since "${text}" is refused`, () => {
    assert.throws(() => parseSince(text, NOW), CliError);
  });
}

test('ages and spans are short and never negative', () => {
  assert.deepEqual(
    [0, 59_999, 60_000, 7_200_000, 172_800_000].map((ms) => ago(NOW - ms, NOW)),
    ['0 s ago', '59 s ago', '1 min ago', '2 h ago', '2 d ago'],
  );
  assert.equal(ago(NOW + 5_000, NOW), '0 s ago');
  assert.deepEqual([8.6, 1_500, 120_000, 7_200_000, 8_640_000_000].map(span), [
    '9 ms',
    '1.5 s',
    '2 min',
    '2 h',
    '100 days',
  ]);
});
