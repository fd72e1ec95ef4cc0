import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { octokitExamples } from '../../../tests/support/github.ts';
import { Secret } from '../../shared/secret.ts';
import { githubSource } from '../../sources/github/github-source.ts';
import { forwarded as forwardedBy } from './forwarded.ts';

const SECRET = 'a-secret-of-a-natural-length';
const source = githubSource({
  name: 'github',
  secrets: [new Secret('another-one-while-rotating'), new Secret(SECRET)],
});

const forwarded = (data: string) => forwardedBy(data, source, 0);

const hex = (char: string) => char.charCodeAt(0).toString(16).padStart(4, '0');
/** What a sender may have written before signing it. */
const WRITERS: Readonly<Record<string, (payload: unknown) => string>> = {
  plain: (payload) => JSON.stringify(payload),
  'markup escaped, as Rails does': (payload) =>
    JSON.stringify(payload).replace(/[<>&\u2028\u2029]/g, (char) => `\\u${hex(char)}`),
  'ASCII only': (payload) => JSON.stringify(payload).replace(/[\u0080-\uffff]/g, (char) => `\\u${hex(char)}`),
  'escapes in capitals': (payload) =>
    JSON.stringify(payload).replace(/\\\\|\\u([0-9a-f]{4})|[<>&\u0080-\uffff]/g, (found, digits: string | undefined) =>
      found.length === 2 ? found : `\\u${(digits ?? hex(found)).toUpperCase()}`,
    ),
};

function signed(body: string, contentType = 'application/json') {
  return {
    'content-type': contentType,
    'user-agent': 'GitHub-Hookshot/044aadd',
    'x-github-event': 'issues',
    'x-github-delivery': 'd-1',
    'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
  };
}

/** As smee passes it on: parsed, and written anew. */
function throughSmee(headers: object, body: unknown): string {
  const own = { host: 'smee.io', 'content-length': '12', connection: 'close', 'x-forwarded-for': '140.82.115.1' };
  return JSON.stringify({ ...own, ...headers, body, query: {}, timestamp: 1 });
}

for (const [name, write] of Object.entries(WRITERS)) {
  test(`GitHub's 329 example payloads, written ${name}, come out of smee byte for byte`, async (t) => {
    const examples = octokitExamples();
    let recovered = 0;
    for (const { payload } of examples) {
      const body = write(payload);
      const found = await forwarded(throughSmee(signed(body), JSON.parse(body)));
      if (found?.isWhole === true && found.body.equals(Buffer.from(body))) recovered += 1;
    }
    t.diagnostic(`${recovered} of ${examples.length}`);
    assert.equal(examples.length, 329);
    assert.equal(recovered, 329);
  });
}

test('any text, in any of these spellings, is put right', async () => {
  const texts = fc.record({
    title: fc.string({ unit: 'binary' }),
    body: fc.string({ unit: fc.constantFrom('<', '\\', 'u', '0', '\u001b', 'é', '\u2028', '/', '"', '🟢') }),
  });
  await fc.assert(
    fc.asyncProperty(texts, fc.constantFrom(...Object.values(WRITERS)), async (payload, write) => {
      const body = write(payload);
      return (await forwarded(throughSmee(signed(body), JSON.parse(body))))?.isWhole === true;
    }),
  );
});

test('what was spaced otherwise cannot be put right: the plain spelling is passed on, and it is known', async () => {
  const body = '{ "n": 1 }';
  const found = await forwarded(throughSmee(signed(body), JSON.parse(body)));
  assert.deepEqual([found?.isWhole, found?.isForm, found?.body.toString()], [false, false, '{"n":1}']);
});

test('a form is written anew as forms are', async () => {
  const body = new URLSearchParams({ payload: '{"title":"a & b"}' }).toString();
  const headers = signed(body, 'application/x-www-form-urlencoded');
  const found = await forwarded(throughSmee(headers, { payload: '{"title":"a & b"}' }));
  assert.deepEqual([found?.isWhole, found?.isForm, found?.body.toString()], [true, true, body]);
});

test("only the delivery's own headers are passed on", async () => {
  const found = await forwarded(throughSmee({ ...signed('{}'), cookie: 'a', authorization: 'b' }, {}));
  assert.deepEqual(found?.headers, signed('{}'));
});

test('what is no delivery is nothing', async () => {
  for (const data of ['{}', 'not JSON', 'null', '[1]', '"x"']) assert.equal(await forwarded(data), null, data);
});
