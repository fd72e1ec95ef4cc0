import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FULL, tried } from '../../../tests/support/long-form.ts';
import { createLog } from '../log.ts';
import { Secret } from '../secret.ts';
import { redact, redactAll, remember } from './redact.ts';

test('what became a Secret is masked from then on, in every spelling', () => {
  const value = 'q/Zt"8&kd+2 xW=7mN';
  const once = new Secret(value);
  assert.equal(once.reveal(), value);
  const url = `https://x.test/?a=${encodeURIComponent(value)}`;
  for (const text of [
    value,
    JSON.stringify({ value }),
    JSON.stringify(JSON.stringify({ value })).slice(1, -1).replaceAll('\\\\\\"', '\\"'),
    encodeURIComponent(value),
    url,
    new URLSearchParams({ a: value }).toString(),
    value.replaceAll('/', '\\/'),
    Buffer.from(value).toString('base64'),
    Buffer.from(`mona:${value}`).toString('base64url'),
  ]) {
    assert.match(redact(text), /\[secret\]/, text);
    assert.doesNotMatch(redact(text), /Zt"?8|kd\+2/, text);
  }
});

test('of an address the origin may be seen, and what opens it is masked by itself too', () => {
  remember('https://in.example.org/deep/a1b2c3d4e5f6a7b8/x?t=1');
  assert.equal(
    redact('POST https://in.example.org/deep/a1b2c3d4e5f6a7b8/x?t=1 failed'),
    'POST https://in.example.org/[secret] failed',
  );
  assert.equal(redact('Cannot POST /deep/a1b2c3d4e5f6a7b8/x'), 'Cannot POST [secret]');
  assert.equal(redact('no hook a1b2c3d4e5f6a7b8'), 'no hook [secret]');
  remember('postgres://app:0ther-Passw0rd@db.example.org/tidings?sslmode=verify-full');
  assert.equal(redact('0ther-Passw0rd is wrong for app, verify-full'), '[secret] is wrong for app, verify-full');
});

test('what nobody told us is known by its looks', () => {
  for (const [text, shown] of [
    ['at https://hooks.slack.com/services/T01/B01/abc, no', 'at https://hooks.slack.com/services/[secret] no'],
    ['/cwd/https:/hooks.slack.com/services/T01/B01/abc', '/cwd/https:/hooks.slack.com/services/[secret]'],
    ['"https:\\/\\/discord.com\\/api\\/webhooks\\/1\\/ab-c"', '"https:\\/\\/discord.com\\/api\\/webhooks\\/[secret]"'],
    ['https%3A%2F%2Fhooks.slack.com%2Fservices%2FT1%2FB1%2Fabc', 'https%3A%2F%2Fhooks.slack.com%2Fservices%2F[secret]'],
    ['https://mona:pw@x.test/y', 'https://[secret]@x.test/y'],
    ['postgres://u:p/a#s@db:5432/d', 'postgres://[secret]@db:5432/d'],
    ['postgres://u:p,w@a:1,b:2/d', 'postgres://[secret]@a:1,b:2/d'],
    ['GET /a?b=1&access_token=xyz&c=2', 'GET /a?b=1&access_token=[secret]&c=2'],
    ['authorization: Bearer abcdefgh1', 'authorization: Bearer [secret]'],
    ['ghp_0123456789abcdefghijABCDEFGHIJ456789 is wrong', '[secret] is wrong'],
    ['/bot123456:AAabcdefghijklmnopqrstuvwxyz0123456/x', '/bot[secret]/x'],
  ] as const) {
    assert.equal(redact(text), shown);
  }
});

test('what is nobody’s secret stays as it is', () => {
  for (const text of [
    'https://tidings.example.org/webhooks/github',
    'https://github.com/acme/api/commit/0123456789abcdef0123456789abcdef01234567',
    'https://api.github.com/repos/acme/api/hooks/12345678/deliveries?per_page=100&cursor=v1_17',
    'https://github.com/acme/api/settings/hooks/new',
    'It should be https://hooks.slack.com/services/T…/B…/…: copy it again',
    'postgres://user:password@host:5432/database',
    'git@github.com:acme/api.git, mona@example.org, 2026-11-27T20:11:21.000Z',
    'the token begins with xoxb-, as in "${SLACK_BOT_TOKEN}"; Authorization: Bearer …',
    'https://docs.github.com/en/webhooks/using-webhooks/creating-webhooks?tool=cli',
  ]) {
    assert.equal(redact(text), text);
  }
  remember('changeme');
  remember('short');
  assert.equal(redact('changeme, short and postgres'), 'changeme, short and postgres');
});

test('masked JSON is JSON, and any text takes time in proportion', (t) => {
  const numRuns = FULL ? 10_000 : 100;
  tried(t, numRuns, 'texts');
  const parts = [
    'https://',
    'hooks.slack.com/services/',
    '"',
    '\\',
    '/',
    '@',
    '?token=',
    'bot1234567:',
    ' ',
    'a1',
    '%2f',
    '\n',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 40 }), (all) => {
      const text = all.join('');
      assert.doesNotThrow(() => JSON.parse(redact(JSON.stringify({ text, list: [text] }))));
      assert.equal(redact(redact(text)), redact(text));
    }),
    { numRuns },
  );
});

test('text made to be slow is not: a million characters of it, within the limit of this test', {
  timeout: 20_000,
}, () => {
  const units = [
    'a://',
    'http://:',
    'https%3a%2f%2fa%3a',
    'postgres://',
    'eyJ-',
    '?token',
    '/hooks/1',
    '/webhooks/a',
    'bot1',
    '123456:-',
  ];
  for (const unit of [...units, 'hooks.slack.com/services/', 'a.', 'Basic ', '\\', '%', ';a', '@', '-----BEGIN ']) {
    redact(unit.repeat(1_000_000 / unit.length));
  }
});

test('nor does a text without end overflow it, whatever it begins like', (t) => {
  const endless = ['x', '1', ' ', '/', '%2f', "'", '\\/', 'x1', 'a/'].map((unit) =>
    unit.repeat(17_000_000 / unit.length),
  );
  const starts = [
    'https://',
    'https://hooks.slack.com/services/',
    '/hooks/a',
    '/webhooks/1',
    'https://x.test/?token=',
    '?a',
    '?key=',
  ];
  const more = [
    "password='",
    'password=',
    'ghp_',
    'xoxb-',
    'whsec_',
    'sk_live_',
    'bot1234567:',
    'Bearer ',
    'Basic 1',
    '-----BEGIN PRIVATE KEY-----',
  ];
  const pairs = [...starts, ...more].flatMap((start) => endless.map((text) => [start, text] as const));
  const some = FULL ? pairs : pairs.filter((_, index) => index % 40 === 0);
  tried(t, some.length, 'texts of 17 million characters');
  for (const [start, text] of some) assert.doesNotThrow(() => redact(`https://a.test ${start}${text}`), start);
});

test('what a payload holds to answer in somebody’s name, or to move money, is masked in every spelling', () => {
  const answer = 'https://hooks.slack.com/commands/T1/397700885554/96rGlfmibIGlgcZRskXaIFfN';
  const keys = ['sk_live_51H8abcdefghijklmnop', 'rk_test_51H8abcdefghijklmnop', 'xwfp-1234-abcdefgh'];
  for (const text of [answer, encodeURIComponent(answer), ...keys]) assert.match(redact(text), /\[secret\]$/, text);
});

test('data is masked text by text, and keeps what is no data', () => {
  const at = new Date(0);
  const data = { a: ['https://x:y@z.test', 1, null], at, 'https://x:y@z.test': true };
  assert.deepEqual(redactAll(data), { a: ['https://[secret]@z.test', 1, null], at, 'https://[secret]@z.test': true });
});

test('the log masks whole lines: messages, fields, errors, their stacks and causes', () => {
  const lines: string[] = [];
  const log = createLog('trace', { write: (line) => lines.push(line) });
  const secret = new Secret('correct horse battery staple 1');
  const cause = Object.assign(new Error(`cause ${secret.reveal()}`), { input: secret.reveal() });
  const error = new Error(`outer ${secret.reveal()}`, { cause });
  for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const) {
    log[level]({ err: error, secret: secret.reveal(), deep: { [secret.reveal()]: secret } }, `said ${secret.reveal()}`);
    log.child({ bound: secret.reveal() })[level]('bound');
  }
  assert.equal(lines.length, 12);
  for (const line of lines) {
    assert.doesNotMatch(line, /horse/);
    assert.doesNotThrow(() => JSON.parse(line));
  }
});
