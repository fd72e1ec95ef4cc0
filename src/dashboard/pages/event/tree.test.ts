import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOST_NODES, payloadTree, readPayload } from './tree.ts';

async function shown(body: string): Promise<string> {
  const read = readPayload(body);
  assert.ok(read.isJson, read.isJson ? '' : read.why);
  return (await payloadTree(read.value)).toString();
}

test('each line says where it stands', async () => {
  const html = await shown('{"order":{"items":[{"title":"Tea"}],"order-id":7}}');
  assert.match(html, /data-k="order">/);
  assert.match(html, /data-i="0">/);
  assert.match(html, /data-k="order-id"><span class="k">order-id<\/span><span class="v d">7<\/span>/);
});

test('numbers are shown as they were written', async () => {
  const html = await shown('{"id":12345678901234567890,"cents":1.10,"big":1e400,"n":5}');
  for (const number of ['12345678901234567890', '1.10', '1e400', '5']) assert.ok(html.includes(`>${number}<`), number);
});

test('a form with JSON in it is read, and what is no JSON says so', async () => {
  assert.match(await shown(`payload=${encodeURIComponent('{"a":"b c"}')}`), />b c</);
  for (const body of ['', 'plain text', '{"a":', 'payload=%7B']) assert.equal(readPayload(body).isJson, false, body);
});

test('neither width nor depth makes a page without end', async () => {
  const wide = await shown(JSON.stringify(Array.from({ length: 100_000 }, (_, i) => i)));
  assert.ok((wide.match(/<li /g)?.length ?? 0) <= MOST_NODES + 2);
  assert.match(wide, /… \d+ more/);
  const object = await shown(
    JSON.stringify(Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`k${i}`, [i]]))),
  );
  assert.ok((object.match(/<li /g)?.length ?? 0) <= MOST_NODES + 2);
  const deep = await shown(`${'[1,'.repeat(5_000)}1${']'.repeat(5_000)}`);
  assert.match(deep, /too deep to be shown here/);
  assert.ok(deep.length < 100_000, `${deep.length}`);
  // What looks at each number as it was written goes down by itself.
  const precise = readPayload(`${'['.repeat(200_000)}1.10${']'.repeat(200_000)}`);
  assert.ok(precise.isJson || /too deep/.test(precise.why));
  assert.ok((await shown(JSON.stringify({ long: 'x'.repeat(100_000) }))).length < 5_000);
  assert.equal(readPayload(`"${'x'.repeat(5_000_000)}"`).isJson, false);
});

test('names of JavaScript are names like any other', async () => {
  const html = await shown('{"__proto__":{"toString":1},"constructor":2,"hasOwnProperty":3}');
  for (const key of ['__proto__', 'toString', 'constructor', 'hasOwnProperty'])
    assert.ok(html.includes(`data-k="${key}"`), key);
});
