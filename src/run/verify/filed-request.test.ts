import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filedList, fileText } from './filed-list.ts';
import { filedRequests } from './filed-request.ts';

function read(fields: object) {
  const [request] = filedRequests(JSON.stringify({ provider: 'x', ...fields }));
  assert.ok(request);
  return request;
}

test('one request, a list, an object that holds one, one a line, with a mark before it or not', () => {
  const [a, b] = ['{"provider":"x","name":"a"}', '{"provider":"x","name":"b"}'];
  const texts = [
    `[${a},\n${b}]`,
    `{"about":"these","requests":[${a},${b}]}`,
    `{"vectors":[${a},${b}]}`,
    `${a}\n${b}\n`,
    `\n${a}\r\n\r\n${b}`,
    `\uFEFF[${a},${b}]`,
  ];
  for (const text of texts) {
    const names = filedRequests(text).map(({ name }) => name);
    assert.deepEqual(names, ['a', 'b'], text);
  }
  assert.equal(filedRequests(`{\n${a.slice(1)}\n`).length, 1);
});

test('a last line that was cut off is left out, and that is said; one that ends is not cut off', () => {
  const line = '{"provider":"x"}\n';
  assert.deepEqual(filedList(`${line}{"provi`), { requests: [{ provider: 'x' }], isCutShort: true });
  assert.deepEqual(filedList(line + line.trim()).isCutShort, false);
  assert.throws(() => filedList(`${line}{"provi\n`), /^FiledRequestError: Line 2 is no JSON/);
});

test('a file of UTF-16 is read as PowerShell writes it, and bytes that are no text are refused', () => {
  const text = '{"provider":"x","body":"é🟢"}';
  assert.equal(fileText(Buffer.from(`\uFEFF${text}`, 'utf16le')), text);
  assert.equal(fileText(Buffer.from(`\uFEFF${text}`)), text);
  assert.throws(
    () => fileText(Buffer.from([0x7b, 0xff])),
    /is no UTF-8: a body of other bytes is written as "bodyBase64"/,
  );
});

test('headers are an object or a list, in any case, and what came twice came twice', () => {
  const forms = [
    { 'X-A': ['1', '2'], Length: 7, gone: null, none: [] },
    { 'x-a': '1', 'X-A': '2', length: '7' },
    [
      ['X-A', '1'],
      ['x-a', '2'],
      ['Length', '7'],
    ],
    [
      { name: 'X-A', value: '1' },
      { name: 'x-a', value: '2' },
      { name: 'Length', value: '7' },
    ],
    ['X-A: 1', 'x-a:2', 'Length: 7'],
  ];
  for (const headers of forms) {
    assert.deepEqual(
      [...read({ headers }).headers],
      [
        ['x-a', ['1', '2']],
        ['length', ['7']],
      ],
    );
  }
  const odd = JSON.parse('{"__proto__":"a","constructor":"b"}') as object;
  assert.deepEqual([...read({ headers: odd }).headers.keys()], ['__proto__', 'constructor']);
});

test('a body is text as it stands, or bytes in base64 or hex', () => {
  const bytes = Buffer.from([0xfb, 0xff, 0xfe, 0, 10]);
  for (const fields of [
    { bodyBase64: bytes.toString('base64'), body: 'another' },
    { bodyBase64: bytes.toString('base64url') },
    { bodyBase64: `${bytes.toString('base64').slice(0, 4)}\n ${bytes.toString('base64').slice(4)}` },
    { body: bytes.toString('base64'), bodyEncoding: 'base64' },
    { body: bytes.toString('hex'), bodyEncoding: 'hex' },
  ]) {
    assert.deepEqual(read(fields).body, bytes);
  }
  assert.deepEqual(read({ body: 'é\u2028🟢' }).body, Buffer.from('é\u2028🟢'));
  // Half of a pair has no bytes of its own: as every encoder does, it becomes the replacement character.
  assert.deepEqual(filedRequests(String.raw`{"provider":"x","body":"\ud83d"}`)[0]?.body, Buffer.from('\uFFFD'));
  assert.equal(read({}).body.length, 0);
});

test('secrets are a text or a list under either name; none is not the same as an empty one', () => {
  assert.deepEqual(read({ secret: 'a', secrets: ['b'] }).secrets, ['a', 'b']);
  assert.deepEqual(read({ secret: ['a', 'b'] }).secrets, ['a', 'b']);
  assert.deepEqual(read({ secrets: 'a' }).secrets, ['a']);
  assert.deepEqual(read({ secret: '' }).secrets, ['']);
  for (const fields of [{}, { secret: null }, { secrets: [] }]) assert.equal(read(fields).secrets, null);
});

test('the time is seconds with fractions, milliseconds, or a date with its zone', () => {
  const at = 1_767_225_600_500;
  for (const now of [
    at / 1000,
    at,
    String(at / 1000),
    String(at),
    '2026-01-01T00:00:00.5Z',
    '2026-01-01 01:00:00.5+01:00',
  ]) {
    assert.equal(read({ now }).now, at, String(now));
  }
  assert.deepEqual([read({ now: 0 }).now, read({ now: null }).now, read({}).now], [0, null, null]);
});

test('what is set by context is an object; a remark in its place says nothing', () => {
  assert.deepEqual(read({ context: { toleranceSec: 300 } }).context, { toleranceSec: 300 });
  for (const context of [undefined, null, 'as published', 7, ['a'], true])
    assert.deepEqual(read({ context }).context, {});
});
