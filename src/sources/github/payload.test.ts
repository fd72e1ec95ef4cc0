import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkOrNull, list, PayloadError, read, text, textOrNull, timeOrNull } from '../../shared/payload.ts';
import { parsePayload } from './payload.ts';

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

test('a body nested deeper than any of GitHub is an error about `body`', () => {
  for (const [headers, body] of [
    [json, `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
    [form, `payload=${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`],
  ] as const) {
    assert.throws(() => parsePayload({ headers, body: Buffer.from(body) }), /body should be .* nested deeper/);
  }
});

test('JSON and form bodies give the same payload', () => {
  const value = { action: 'opened', issue: { title: 'a+b & c=d ü' } };
  const encoded = new URLSearchParams({ payload: JSON.stringify(value) }).toString();
  assert.deepEqual(parsePayload({ headers: json, body: Buffer.from(JSON.stringify(value)) }), value);
  assert.deepEqual(parsePayload({ headers: form, body: Buffer.from(encoded) }), value);
  assert.deepEqual(parsePayload({ headers: {}, body: Buffer.from('{"a":1}') }), { a: 1 });
});

test('a JSON body has no second meaning as a form, whatever its content type says', () => {
  const value = { action: 'opened', issue: { title: `&payload=${encodeURIComponent('{"action":"created"}')}&` } };
  assert.deepEqual(parsePayload({ headers: form, body: Buffer.from(JSON.stringify(value)) }), value);
  assert.deepEqual(parsePayload({ headers: form, body: Buffer.from(`\n ${JSON.stringify(value)}`) }), value);
});

test('a body that is no JSON object is an error about `body`, without its words', () => {
  for (const [headers, body] of [
    [json, 'Hello, World!'],
    [json, '[1]'],
    [json, 'null'],
    [json, ''],
    [form, 'other=1'],
  ] as const) {
    assert.throws(
      () => parsePayload({ headers, body: Buffer.from(body) }),
      (error) => error instanceof PayloadError && error.path === 'body' && !error.message.includes('Hello'),
    );
  }
  assert.throws(() => parsePayload({ headers: json, body: Buffer.from('{"a":') }), /but it is not JSON/);
  assert.throws(() => parsePayload({ headers: json, body: Buffer.alloc(0) }), /but it is empty/);
});

test('a required field of the wrong type is named with its path and what it is', () => {
  const payload = { issue: { title: 12, number: null } };
  assert.throws(() => text(payload, 'issue.title'), {
    path: 'issue.title',
    message: /should be text, but it is a number/,
  });
  assert.throws(() => text(payload, 'issue.body'), { message: /but it is missing/ });
});

test('an optional field of the wrong type is left out', () => {
  const payload = { a: 12, url: 'javascript:alert(1)', list: {}, time: 'soon' };
  assert.equal(textOrNull(payload, 'a'), null);
  assert.equal(textOrNull(payload, 'a.b.c'), null);
  assert.equal(linkOrNull(payload, 'url'), null);
  assert.deepEqual(list(payload, 'list'), []);
  assert.equal(timeOrNull(payload, 'time'), null);
});

test('times are ISO text, or seconds as pushes write them', () => {
  assert.equal(timeOrNull({ at: '2026-01-15T09:30:00Z' }, 'at'), Date.UTC(2026, 0, 15, 9, 30));
  assert.equal(timeOrNull({ at: 1_768_469_400 }, 'at'), Date.UTC(2026, 0, 15, 9, 30));
});

test('inherited properties are no fields', () => {
  assert.equal(read({}, 'constructor'), undefined);
  assert.equal(read({ a: 'text' }, 'a.length'), undefined);
});
