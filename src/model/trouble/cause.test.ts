import assert from 'node:assert/strict';
import { test } from 'node:test';
import { causeOf, NO_REASON } from './cause.ts';

/** Each row: reasons that one fix mends. */
const ALIKE: readonly (readonly string[])[] = [
  [
    '404 channel_not_found: no channel "deploys" in workspace T0123AB4C; correct channel',
    '404 channel_not_found: no channel "releases-eu" in workspace T9999ZZ1X; correct channel',
    'gave up after 12 tries, the last: 404 channel_not_found: no channel "x" in workspace T0123AB4D; correct channel (tidings replay --state dead tries again)',
  ],
  [
    'gave up after 1 try, the last: no answer within 10.0 s',
    'gave up after 1,200 tries, the last: no answer within 9.5 s (tidings replay --state dead tries again)',
    'no answer within 10 s',
  ],
  [
    'same body as event 42 under another delivery id: looks like a replay',
    'same body as event 1000042 under another delivery id: looks like a replay',
  ],
  ['Slack may have it: reset at 12:04:59', 'Slack may have it: reset at 3:05'],
  ['held until 2026-11-23T17:00:00.000Z', 'held until 2026-12-01T00:00:00Z'],
  ['400 bad request 5f3a9c1e-0000-4000-8000-0123456789ab', '400 bad request 00000000-1111-4000-8000-ba9876543210'],
  ['https://hooks.example/services/T1/B2/c3 redirects', 'https://hooks.example/services/T9/B8/c7?x=1 redirects'],
  ['550 5.1.1 mona@example.org: no such user', '550 5.1.1 octo.cat@example.org: no such user'],
  ['cannot call @mona: users_not_found', 'cannot call @octo-cat: users_not_found'],
  ['acme/api#12 has no author', 'acme/web.site#7 has no author'],
  [`issue.title of “${'a'.repeat(30)}” is missing`, 'issue.title of “b” is missing'],
  ['127.0.0.1:8080 refused it', '127.0.0.1:9090 refused it'],
];

/** What no one fix mends. */
const DIFFERENT = [
  '404 channel_not_found: no channel "deploys"',
  '404 is_archived: no channel "deploys"',
  '403 channel_not_found: no channel "deploys"',
  '500 {"message":"Unknown Channel","code":10003}',
  '500 {"message":"Unknown Webhook","code":10015}',
  '500 {"message":"Unknown Channel","code":10004}',
  '500 {"ok":false,"error":"invalid_auth"}',
  '500 {"ok":false,"error":"token_revoked"}',
  'the program refused it (exit 1)',
  'the program refused it (exit 2)',
  'the webhook was removed (404 Not Found)',
  'the webhook was removed (410 Gone)',
  'answered 502, but not as it does',
  'answered 504, but not as it does',
  'Slack says "not_in_channel"',
  'Slack says "no_permission"',
  'no answer within 10 s',
];

test('reasons that differ in ids, numbers, times and names have one cause', () => {
  for (const alike of ALIKE) {
    const causes = new Set(alike.map(causeOf));
    assert.equal(causes.size, 1, [...causes].join('\n'));
  }
});

test('reasons that are mended differently have different causes', () => {
  const causes = DIFFERENT.map(causeOf);
  assert.deepEqual(
    causes.toSorted((a, b) => a.localeCompare(b)),
    [...new Set(causes)].toSorted((a, b) => a.localeCompare(b)),
  );
});

test('reasons of two rows have two causes', () => {
  assert.equal(new Set(ALIKE.map(([first = '']) => causeOf(first))).size, ALIKE.length);
});

test('a cause reads as the reason does', () => {
  const reason = '404 channel_not_found: no channel "deploys" for event 7; correct channel';
  assert.equal(causeOf(reason), '404 channel_not_found: no channel "…" for event N; correct channel');
  assert.equal(causeOf('503 Service Unavailable'), '503 Service Unavailable');
});

test('a cause of a cause is that cause', () => {
  for (const reason of [...ALIKE.flat(), ...DIFFERENT]) assert.equal(causeOf(causeOf(reason)), causeOf(reason));
});

test('no reason, endless and broken ones have a cause, short and whole', () => {
  assert.deepEqual([causeOf(null), causeOf(' \n'), causeOf('x')], [NO_REASON, NO_REASON, 'x']);
  for (const hostile of [
    '"'.repeat(99_999),
    'a1-'.repeat(40_000),
    '\ud800'.repeat(300),
    '@'.repeat(9_000),
    '1'.repeat(9_000),
    '\u{e000}\u{e100}\u{e001}',
    '$1 $& $`',
  ]) {
    const cause = causeOf(hostile);
    assert(cause.length <= 200 && cause.isWellFormed() && cause !== '', JSON.stringify(cause.slice(0, 50)));
  }
  assert.equal(causeOf('$& "x" $1'), '$& "…" $N');
});
