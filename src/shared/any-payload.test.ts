import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anyPayload } from './any-payload.ts';

test('a body is JSON, a form, the JSON in a form, or text', () => {
  for (const [body, payload] of [
    ['\ufeff {"a":[1]}', { a: [1] }],
    ['[1,{"b":2}]', [1, { b: 2 }]],
    ['a=1&b=two+words&a=3', { a: '1', b: 'two words' }],
    ['payload=%7B%22a%22%3A1%7D', { a: 1 }],
    ['payload=nothing', { payload: 'nothing' }],
    ['Backup done', 'Backup done'],
    ['{"a":', '{"a":'],
    ['', ''],
    ['12', '12'],
    [`${'['.repeat(5_000)}${']'.repeat(5_000)}`, `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
  ] as const) {
    assert.deepEqual(anyPayload(Buffer.from(body)), payload, body.slice(0, 40));
  }
});

test('names of fields are no part of any object’s own', () => {
  const fields = anyPayload(Buffer.from('__proto__=x&constructor=y')) as object;
  assert.deepEqual(Object.getPrototypeOf(fields), Object.prototype);
  assert.deepEqual(Object.entries(fields), [
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
});
