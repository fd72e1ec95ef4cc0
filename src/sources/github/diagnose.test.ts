import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { tried } from '../../../tests/support/long-form.ts';
import type { Headers } from '../../model/headers.ts';
import { keysOf } from '../../shared/hmac.ts';
import { Secret } from '../../shared/secret.ts';
import { diagnose } from './diagnose.ts';
import { signatureOf, verify } from './verify.ts';

const secret = new Secret('correct horse');
const json = { 'content-type': 'application/json' };

function explain(headers: Headers, body: string | Buffer, secrets: readonly Secret[] = [secret]): string {
  const request = { headers, body: Buffer.from(body) };
  const refused = verify(keysOf(secrets), request);
  assert.ok(typeof refused !== 'number', 'the request must be refused');
  return diagnose(secrets, request, refused);
}

function signedAs(original: string, by = secret): Headers {
  return { ...json, 'x-hub-signature-256': signatureOf(by, Buffer.from(original)) };
}

const original = '{"action":"opened","issue":{"title":"Grüße \\u001B <b>","number":12}}';

test('an unsigned request asks for the secret at GitHub', () => {
  assert.match(explain(json, original), /no secret is set.*Settings → Webhooks/);
});

test('SHA-1 alone is told apart from no signature', () => {
  assert.match(explain({ ...json, 'x-hub-signature': 'sha1=00' }, original), /SHA-1/);
});

test('a malformed signature says what was expected', () => {
  assert.match(explain({ ...json, 'x-hub-signature-256': 'sha256=12' }, original), /64 hex digits/);
});

test('without a configured secret the log says so', () => {
  assert.match(explain(signedAs(original), original, []), /No secret is configured/);
  assert.match(explain(signedAs(original), original, [new Secret('')]), /No secret is configured/);
});

test('a body that a forwarder re-serialised is recognised for certain', () => {
  const parsed: unknown = JSON.parse(original);
  for (const arrived of [JSON.stringify(parsed), JSON.stringify(parsed, null, 2), JSON.stringify(parsed, null, '\t')]) {
    assert.match(explain(signedAs(original), arrived), /secret is right.*re-serialised the JSON \(smee does\)/);
  }
});

test('a body whose markup or non-ASCII escapes were undone is recognised', () => {
  for (const sent of ['{"t":"\\u003cb\\u003e \\u0026"}', '{"t":"Gr\\u00fc\\u00dfe"}']) {
    assert.match(explain(signedAs(sent), JSON.stringify(JSON.parse(sent))), /re-serialised/);
  }
});

test('white space added around the body is recognised', () => {
  assert.match(explain(signedAs(original), `${original}\n`), /white space/);
  assert.match(explain(signedAs(`${original}\n`), original), /white space/);
  assert.match(explain(signedAs(original), `\ufeff${original}`), /white space/);
});

test('a form that became JSON, and JSON that became a form, are recognised', () => {
  const form = new URLSearchParams({ payload: '{"a":1}' }).toString();
  assert.match(explain(signedAs(form), '{"a":1}'), /between JSON and a form/);
  const headers = { ...signedAs('{"a":1}'), 'content-type': 'application/x-www-form-urlencoded' };
  assert.match(explain(headers, form), /between JSON and a form/);
});

test('a secret with white space or quotes around it is recognised by its number', () => {
  for (const configured of ['correct horse\n', ' correct horse', '"correct horse"']) {
    const said = explain(signedAs(original), original, [new Secret('other'), new Secret(configured)]);
    assert.match(said, /Secret no\. 2 has white space or quotes/);
  }
});

test('a cut body is told apart from a wrong secret', () => {
  assert.match(explain(signedAs(original), original.slice(0, 20)), /not whole JSON.*cut short/);
  assert.match(explain(signedAs(original, new Secret('other')), original), /secret differs/);
});

test('a body above 1 MiB is not tried in other spellings', () => {
  const large = JSON.stringify({ text: 'x'.repeat(1024 * 1024) });
  assert.match(explain(signedAs(large), `${large}\n`), /secret differs.*or the body was altered/);
});

/** What JSON.parse takes and little else does, and what no sender means well with. */
const HOSTILE: readonly (string | Buffer)[] = [
  '['.repeat(10_000),
  '['.repeat(10_000) + ']'.repeat(10_000),
  '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000),
  '{"__proto__":{"toJSON":1},"constructor":null,"toString":[]}',
  '{"toJSON":"x","length":-1}',
  '1e999999',
  `{"n":${'9'.repeat(400_000)}}`,
  '"\\ud800"',
  Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0xc3, 0x28, 0xed, 0xa0, 0x80]),
  '\ufeff'.repeat(1_000),
  `payload=${'%5B'.repeat(10_000)}`,
  `payload=${'%5B'.repeat(10_000)}${'%5D'.repeat(10_000)}`,
  'payload=%',
  'payload=%ud800&payload=%F0%9F',
  '&=&'.repeat(100_000),
  '\\u00ff'.repeat(100_000),
  '"'.repeat(100_000) + '\\'.repeat(100_001),
  '\0'.repeat(1_000_000),
  '\r\n'.repeat(400_000),
];

test('nothing a stranger sends makes it throw, whatever it is nested in or pretends to be', (t) => {
  const types = ['application/json', 'application/x-www-form-urlencoded', 'application/x-www-form-urlencoded; x', ''];
  tried(t, HOSTILE.length * types.length, 'bodies');
  for (const body of HOSTILE) {
    for (const type of types) {
      const said = explain({ 'content-type': type, 'x-hub-signature-256': `sha256=${'a'.repeat(64)}` }, body);
      assert.ok(said.length > 20 && said.length < 300);
    }
  }
});

test('the sentence never throws and never repeats the body or the secret', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, isForm) => {
      const marked = `QQmarkQQ${Buffer.from(bytes).toString('latin1')}`;
      const headers = {
        'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
        'x-hub-signature-256': signatureOf(new Secret('other'), Buffer.from(marked)),
      };
      const said = explain(headers, marked);
      assert.ok(!said.includes('QQmarkQQ') && !said.includes('correct horse'));
      assert.ok(!said.includes('\n') && said.length < 300);
    }),
  );
});
