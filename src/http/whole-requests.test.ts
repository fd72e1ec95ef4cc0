import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createAccept } from '../accept/accept.ts';
import { capturedLog, countingTelemetry, head, mapIntake, sign, testSource, wire } from '../accept/kit.test.ts';
import type { Intake } from '../model/inbox/intake.ts';
import { systemClock } from '../shared/clock.ts';
import { createServer, type ServerDeps } from './server.ts';

const SIGNED = `${head(2, sign('{}'))}{}`;
/** The first request of a connection is node:http's in any case. */
const FIRST = SIGNED.replace('X-Test-Id: one', 'X-Test-Id: first');

/** `isWhole`: what comes in one piece is read by the reader under test. */
async function serve(t: TestContext, isWhole: boolean, intake: Intake = mapIntake()) {
  const { log } = capturedLog();
  const accept = createAccept({
    sources: new Map([['test', testSource()]]),
    intake,
    telemetry: countingTelemetry(),
    clock: systemClock,
    log,
    limits: { maxBodyBytes: 1024 * 1024, maxInFlightBytes: 4 * 1024 * 1024 },
  });
  let wholes = 0;
  const handleWhole: typeof accept.handleWhole = (request) => {
    wholes += 1;
    return accept.handleWhole(request);
  };
  const server = createServer({ clock: systemClock, log, host: '127.0.0.1', port: 0 });
  const { port } = await server.start();
  t.after(() => server.stop());
  const handlers = isWhole ? { handle: accept.handle, handleWhole } : { handle: accept.handle };
  server.serve({ accept: handlers, onlyWebhooks: true, clock: systemClock, log } as unknown as ServerDeps);
  return { server, port, wholes: () => wholes };
}

/** What is answered to these bytes behind a first request, until the connection is closed. */
async function answers(t: TestContext, port: number, bytes: string): Promise<string> {
  const sender = await wire(t, port);
  sender.socket.write(FIRST);
  await sender.until(/"id":\d+}$/);
  sender.socket.end(Buffer.from(bytes, 'latin1'));
  await sender.closed();
  return sender.text().replaceAll(/Date: [^\r]+/g, 'Date: then');
}

const withHeader = (...lines: readonly string[]) => `${head(2, sign('{}'), lines)}{}`;
const changed = (from: string | RegExp, to: string) => SIGNED.replace(from, to);

/** Read by our own reader. */
const WHOLE: Readonly<Record<string, string>> = {
  'a delivery': SIGNED,
  'a delivery with more headers': withHeader('User-Agent: GitHub-Hookshot/1', 'Accept: */*', 'Connection: Keep-Alive'),
  'a wrong signature': `${head(2)}{}`,
  'an unknown source': changed('/webhooks/test', '/webhooks/other'),
  'a trailing slash': changed('/webhooks/test', '/webhooks/test/'),
  'an unknown type': changed('application/json', 'image/png'),
  'an encoded body': withHeader('Content-Encoding: gzip'),
  'no body': head(0, sign('')),
};

/** Left to node:http. */
const OTHERS: Readonly<Record<string, string>> = {
  'two in one piece': SIGNED + SIGNED,
  'a whole one and half of the next': SIGNED + SIGNED.slice(0, 60),
  'a body that is too long': `${SIGNED}xx`,
  'a body that never comes': SIGNED.slice(0, -1),
  'another method': changed('POST', 'PUT'),
  'a method in lower case': changed('POST', 'post'),
  'no method': changed('POST ', ''),
  'another version': changed('HTTP/1.1', 'HTTP/1.0'),
  'a version of nobody': changed('HTTP/1.1', 'HTTP/1.9'),
  'two spaces': changed('POST ', 'POST  '),
  'a query': changed('/webhooks/test', '/webhooks/test?a=b'),
  'a whole address': changed('/webhooks/test', 'http://localhost/webhooks/test'),
  'another path': changed('/webhooks/test', '/healthz'),
  'a length that came twice': withHeader('Content-Length: 2'),
  'two lengths': withHeader('Content-Length: 3'),
  'a length with a sign': changed('Content-Length: 2', 'Content-Length: +2'),
  'a length in hex': changed('Content-Length: 2', 'Content-Length: 0x2'),
  'a length with a zero before it': changed('Content-Length: 2', 'Content-Length: 02'),
  'a list of lengths': changed('Content-Length: 2', 'Content-Length: 2, 2'),
  'no length': changed('Content-Length: 2\r\n', ''),
  'length and chunks': withHeader('Transfer-Encoding: chunked'),
  chunks: `${head(null, sign('{}'))}2\r\n{}\r\n0\r\n\r\n`,
  'chunks, hidden': withHeader('Transfer-Encoding: x, chunked'),
  'chunks, folded': withHeader('Transfer-Encoding:\r\n chunked'),
  'no host': changed('Host: localhost\r\n', ''),
  'two hosts': withHeader('Host: other'),
  'a signature that came twice': withHeader(`X-Test-Signature: ${sign('{}')}`),
  'a header that came twice in other letters': withHeader('x-test-ID: two'),
  'a header of every object': withHeader('__proto__: x', 'constructor: y'),
  'a header without a value': withHeader('X-Empty:'),
  'a header without a space': withHeader('X-Near:y'),
  'a tab': withHeader('X-Tab:\ty'),
  'white space behind': withHeader('X-Behind: y  '),
  'white space before the colon': withHeader('X-Before : y'),
  'a folded line': withHeader('X-Folded: y\r\n z'),
  'a lone line feed': changed('Host: localhost\r\n', 'Host: localhost\n'),
  'a lone carriage return': changed('Host: localhost\r\n', 'Host: localhost\r'),
  'a line feed in a value': withHeader('X-Feed: a\nContent-Length: 5'),
  'a zero byte': withHeader('X-Zero: a\u0000b'),
  'a byte beyond ASCII': withHeader('X-High: a\u00ffb'),
  'an odd name': withHeader('X(Odd): y'),
  'an empty line first': `\r\n${SIGNED}`,
  'more headers than there are': withHeader(...Array.from({ length: 150 }, (_, n) => `X-${n}: y`)),
  'a head that is too large': withHeader(`X-Large: ${'y'.repeat(20_000)}`),
  'a sender that leaves': withHeader('Connection: close'),
  'a sender that changes protocol': withHeader('Connection: Upgrade', 'Upgrade: websocket'),
  'a sender that asks first': withHeader('Expect: 100-continue'),
  'a sender that expects something else': withHeader('Expect: a miracle'),
  'a trailer': withHeader('Trailer: X-Late'),
};

test('what is read here is answered to the byte as node:http does it', async (t) => {
  const whole = await serve(t, true);
  const plain = await serve(t, false);
  for (const [name, bytes] of Object.entries({ ...WHOLE, ...OTHERS })) {
    const before = whole.wholes();
    assert.equal(await answers(t, whole.port, bytes), await answers(t, plain.port, bytes), name);
    assert.equal(whole.wholes() - before, name in WHOLE ? 1 : 0, `${name}: by whom it is read`);
  }
});

test('a request inside the header of another is never taken for one', async (t) => {
  const { port, wholes } = await serve(t, true);
  const sender = await wire(t, port);
  sender.socket.write(FIRST);
  await sender.until(/"id":1}$/);
  sender.socket.write(`${SIGNED.slice(0, SIGNED.indexOf('\r\n\r\n'))}\r\nX-Long: y`);
  await new Promise((resolve) => setImmediate(resolve));
  sender.socket.write(SIGNED.replace('X-Test-Id: one', 'X-Test-Id: inner'));
  await sender.until(/HTTP\/1.1 [^]*HTTP\/1.1 \d+/);
  assert.equal(wholes(), 0);
  assert.doesNotMatch(sender.text(), /"id":3/);
});

test('what comes behind a request waits until that is answered, in order', async (t) => {
  const intake = mapIntake();
  const waiting: (() => void)[] = [];
  const slow: Intake = {
    async append(event) {
      if (event.deliveryId !== 'first') await new Promise<void>((resolve) => waiting.push(resolve));
      return intake.append(event);
    },
  };
  const { server, port, wholes } = await serve(t, true, slow);
  const sender = await wire(t, port);
  sender.socket.write(FIRST);
  await sender.until(/"id":1}$/);
  sender.socket.write(SIGNED);
  while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
  sender.socket.end(SIGNED.replace('X-Test-Id: one', 'X-Test-Id: two'));
  const stopped = server.stop();
  waiting.shift()?.();
  await sender.until(/"id":2}$/);
  await sender.closed();
  await stopped;
  assert.match(sender.text(), /Connection: close\r\n\r\n\{"status":"accepted","id":2}$/);
  assert.equal(wholes(), 1);
});
