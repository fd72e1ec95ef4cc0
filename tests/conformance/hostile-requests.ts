import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Provider } from '../../src/model/plugin/provider.ts';
import type { Source, SourceRequest } from '../../src/model/source.ts';
import { Secret } from '../../src/shared/secret.ts';
import { FULL, tried } from '../support/long-form.ts';
import { seeded } from '../support/seeded.ts';
import { lowerCase, requestOf, schemesOf } from './schemes.ts';
import { NOW, type Scheme, type SourceFixture } from './source-fixture.ts';

/** Requests put together by chance, of a scheme. */
const SOME = FULL ? 5_000 : 150;

type Change = (was: string) => string | undefined;

/** What may stand in a header, as node:http hands it over: values of one name joined, each byte a character. */
const HEADERS: readonly Change[] = [
  () => undefined,
  () => '',
  () => ' ',
  (was) => `${was}, ${was}`,
  (was) => was.repeat(2_000).slice(0, 60_000),
  (was) => was.slice(0, -1),
  (was) => was.slice(1),
  (was) => was.toUpperCase(),
  (was) => ` ${was}\t`,
  (was) => `${was}\0`,
  (was) => `\u00e9\u00ff\u0080${was}`,
  (was) => `${was}\r\nX-More: 1`,
  () => '=,;=,v1=,v1,t=,',
  () => '9'.repeat(400),
  () => '-1',
  () => '1e999',
  () => '__proto__',
  () => '%00%ff%',
  () => '\u2028\ud800',
];

const DEEP = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

const BODIES: readonly (string | Buffer)[] = [
  '',
  ' ',
  '\ufeff',
  'null',
  '-0',
  '1e999',
  '"\\ud800"',
  '[]',
  '[[]]',
  '[null]',
  '{}',
  '{"__proto__":{"a":1},"constructor":7,"toString":null,"hasOwnProperty":[]}',
  DEEP,
  `{"type":${DEEP}}`,
  '{"a":1',
  'payload=%7B%22a%22:%7D',
  'payload=%',
  '&=&&=%zz&a[b]=c&__proto__=1',
  '\0'.repeat(50),
  Buffer.from([0xff, 0xfe, 0xfd, 0x00, 0xc0, 0x80, 0xed, 0xa0, 0x80]),
  Buffer.alloc(FULL ? 5_000_000 : 100_000, '{"a":[1,'),
  'x'.repeat(100_000),
];

const URLS: readonly string[] = [
  '',
  '?',
  '/webhooks/',
  '//',
  '/webhooks/x?%',
  '/webhooks/x?%zz=%ff&&&=',
  '/webhooks/x?bodySHA256=&bodySHA256=1#?',
  '/../../etc/passwd\0',
  'https://',
  'https://[',
  'https://[::1]:99999999/',
  'https://user:pa:ss@@host:1/?',
  'http://\u00e9.example/\ud800?\udc00',
  'javascript:alert(1)',
  `/webhooks/x?${'a=b&'.repeat(5_000)}`,
];

const METHODS: readonly string[] = ['GET', 'get', '', 'HEAD', 'PATCH', '__proto__'];
const TIMES: readonly number[] = [0, -1, 8.64e15];

/** Whatever comes, no verifier throws: a throw is a refusal, but one that nobody can explain, and 400 lines of a log. */
export function hostileRequests(name: string, provider: Provider<unknown>, fixture: SourceFixture): void {
  for (const scheme of schemesOf(fixture)) {
    const { title = '', secret, configured = secret, settings = {} } = scheme;
    test(`${name}${title}: no request makes the verifier throw, and each refusal is explained`, async (t) => {
      const source = await provider.source({ name, secrets: [new Secret(configured)], settings });
      let cases = 0;
      for (const request of requestsOf(name, scheme, fixture)) {
        cases += 1;
        const fault = await faultIn(source, request, [secret, configured]);
        assert.equal(fault, null, fault === null ? '' : `${fault}, of ${shown(request)}`);
      }
      tried(t, cases, 'requests');
    });
  }
}

async function faultIn(source: Source, request: SourceRequest, secrets: readonly string[]): Promise<string | null> {
  try {
    const received = source.glance?.(request.headers) ?? (await source.receive(request));
    if (received.kind !== 'refused') return null;
    const words = source.diagnose(request, received);
    if (words.trim() === '' || /\bundefined\b|\bNaN\b|\[object/.test(words)) return `says "${words}"`;
    return secrets.some((each) => words.includes(each)) ? `says the secret: ${words}` : null;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

function shown({ body, ...request }: SourceRequest): string {
  return JSON.stringify({ ...request, body: body.toString('latin1', 0, 400) }).slice(0, 1_000);
}

function* requestsOf(name: string, scheme: Scheme, fixture: SourceFixture): Generator<SourceRequest> {
  const right = requestOf(name, scheme);
  const names = Object.keys(right.headers);
  for (const header of names) {
    for (const change of HEADERS) yield { ...right, headers: changed(right.headers, header, change) };
  }
  yield { ...right, headers: {} };
  for (const body of BODIES.map((each) => Buffer.from(each))) {
    yield { ...right, body };
    // What was signed is read further.
    yield requestOf(name, { ...scheme, request: (by) => ({ body, headers: fixture.headers(body, by, NOW, 1) }) });
  }
  for (const url of URLS) yield { ...right, url };
  for (const method of METHODS) yield { ...right, method };
  for (const now of TIMES) yield { ...right, now };
  const random = seeded(16);
  const oneOf = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  for (let n = 0; n < SOME; n++) {
    const body = random() < 0.5 ? right.body : noise(right.body, random);
    const signed = random() < 0.5;
    const headers = signed ? lowerCase(fixture.headers(body, fixture.secret, NOW, 1)) : right.headers;
    yield {
      method: random() < 0.8 ? right.method : oneOf(METHODS),
      url: random() < 0.7 ? right.url : oneOf(URLS),
      headers: random() < 0.3 && signed ? headers : changed(headers, oneOf(names), oneOf(HEADERS)),
      body,
      now: random() < 0.9 ? right.now : oneOf(TIMES),
    };
  }
}

function changed(headers: SourceRequest['headers'], header: string, change: Change): SourceRequest['headers'] {
  const { [header]: was = '', ...others } = headers;
  const value = change(was);
  return value === undefined ? others : { ...others, [header]: value };
}

/** A body with pieces cut out, doubled, and put in: near enough to be read, and wrong somewhere. */
function noise(body: Buffer, random: () => number): Buffer {
  let text = body.toString('latin1');
  for (let n = 0; n < 3; n++) {
    const at = Math.floor(random() * text.length);
    const length = Math.floor(random() * 12);
    const put = ['', 'null', '""', '[]', '{}', '-1e308', '"\\u0000"', '\u00ff\u00fe', text.slice(at, at + length * 2)];
    text = text.slice(0, at) + put[Math.floor(random() * put.length)] + text.slice(at + length);
  }
  return Buffer.from(text, 'latin1');
}
