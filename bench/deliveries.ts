import { createHmac, randomUUID } from 'node:crypto';
import { sample } from '../src/sources/github/samples/sample.ts';
import { SECRET } from '../tests/support/tidings-process.ts';

export const BODY_BYTES = 12_000;

const NOW = Date.UTC(2026, 0, 1);

/** The nth body of `kind`, unlike any other, padded in its description to exactly `bytes` bytes where it is shorter. */
export function body(kind: string, n: number, bytes = BODY_BYTES): Buffer {
  const made = sample(kind, { n, now: NOW + n * 1_000 });
  if (made === undefined) throw new Error(`no sample called ${kind}`);
  const payload = { ...made.payload, bench: '' };
  const short = bytes - Buffer.byteLength(JSON.stringify(payload));
  payload.bench = filler(n, Math.max(0, short));
  return Buffer.from(JSON.stringify(payload));
}

const WORDS =
  'the a of to retry upload when request fails after timeout we should log error once per user because cache is stale in production while tests pass locally and fix adds guard for empty response from api server see thread review again'.split(
    ' ',
  );

/** Sentences of common words in an order that never repeats: they compress about as prose does, not as one repeated letter. */
function filler(n: number, length: number): string {
  let text = '';
  for (let seed = n + 1; text.length < length; seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) {
    text += `${WORDS[(seed >>> 8) % WORDS.length]} `;
  }
  return text.slice(0, length);
}

/** A whole HTTP/1.1 request as bytes, signed as GitHub signs. */
export function requestBytes(path: string, type: string, content: Buffer, guid: string = randomUUID()): Buffer {
  const signature = createHmac('sha256', SECRET).update(content).digest('hex');
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: localhost',
    'Content-Type: application/json',
    'User-Agent: GitHub-Hookshot/044aadd',
    `X-GitHub-Event: ${type}`,
    `X-GitHub-Delivery: ${guid}`,
    'X-GitHub-Hook-ID: 4711',
    `X-Hub-Signature-256: sha256=${signature}`,
    `Content-Length: ${content.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), content]);
}

let next = 0;

/** `count` requests with bodies never used before in this process. */
export function freshRequests(count: number, kind: string, path = '/webhooks/github'): Buffer[] {
  const type = kind.split('.')[0] ?? kind;
  return Array.from({ length: count }, () => requestBytes(path, type, body(kind, next++)));
}
