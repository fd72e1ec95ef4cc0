import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { eventually, handClock, head, serve, sign, testSource, wire } from './kit.test.ts';

const MIB = 1024 * 1024;
const LIMITS = { maxBodyBytes: 25 * MIB, maxInFlightBytes: 256 * MIB };

test('a declared length over the limit is 413 at once, while the sender is still sending', async (t) => {
  const bench = await serve(t, { limits: LIMITS });
  const sender = await wire(t, bench.port);
  sender.socket.write(head(25 * MIB + 1));
  sender.socket.write(Buffer.alloc(MIB));
  await sender.until(/^HTTP\/1.1 413[^]*Connection: close[^]*body_too_large/);
  await sender.closed();
  assert.equal(bench.counts.get('received test too_large'), 1);
  assert.equal(bench.accept.inFlightBytes(), 0);
});

test('a chunked body is 413 at the first byte over the limit, and the flood behind it is not read', async (t) => {
  const bench = await serve(t, { limits: { maxBodyBytes: MIB, maxInFlightBytes: 4 * MIB } });
  const sender = await wire(t, bench.port);
  sender.socket.write(head(null));
  const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(65_536), Buffer.from('\r\n')]);
  for (let i = 0; i < 1_000; i++) sender.socket.write(chunk);
  await sender.until(/^HTTP\/1.1 413/);
  await sender.closed();
  assert.ok(bench.bytesRead() < 2 * MIB, `${bench.bytesRead()} of 64 MiB were read`);
  assert.equal(bench.accept.inFlightBytes(), 0);
});

test('a refused sender that stops by itself reads its whole answer and is closed cleanly', async (t) => {
  const bench = await serve(t, { limits: { maxBodyBytes: 100_000, maxInFlightBytes: MIB } });
  const sender = await wire(t, bench.port);
  sender.socket.write(head(200_000));
  await sender.until(/^HTTP\/1.1 413[^]*}}$/);
  sender.socket.write(Buffer.alloc(150_000));
  await eventually(() => bench.bytesRead() > 150_000, 'what it still had to send was read');
  sender.socket.end(Buffer.alloc(50_000));
  await sender.closed();
  assert.equal(sender.error(), undefined);
});

test('25 MiB exactly is accepted, byte for byte', async (t) => {
  const bench = await serve(t, { limits: LIMITS });
  const body = randomBytes(25 * MIB);
  const sender = await wire(t, bench.port);
  sender.socket.write(head(body.length, sign(body)));
  sender.socket.write(body);
  await sender.until(/"accepted"/);
  assert.ok(bench.intake.events.get('one')?.body.equals(body));
  assert.equal(bench.accept.inFlightBytes(), 0);
});

test('what is only declared takes no bytes', async (t) => {
  const bench = await serve(t, { limits: { maxBodyBytes: MIB, maxInFlightBytes: 4 * MIB } });
  for (let i = 0; i < 20; i++) {
    const sender = await wire(t, bench.port);
    sender.socket.write(head(MIB));
  }
  const real = await wire(t, bench.port);
  real.socket.write(head(MIB, sign(Buffer.alloc(MIB))));
  real.socket.write(Buffer.alloc(MIB));
  await real.until(/"accepted"/);
  assert.equal(bench.accept.inFlightBytes(), 0);
});

test('a body for which only slower senders leave no bytes gets theirs, the slowest first, and they are told 503', async (t) => {
  const bench = await serve(t, { limits: { maxBodyBytes: MIB, maxInFlightBytes: 4 * MIB } });
  const silent = [];
  for (let i = 0; i < 3; i++) {
    const sender = await wire(t, bench.port);
    sender.socket.write(head(i === 0 ? null : MIB));
    sender.socket.write(i === 0 ? `FFFFF\r\n${'x'.repeat(MIB - 100)}` : Buffer.alloc(MIB - 100));
    await eventually(() => bench.accept.inFlightBytes() > i * MIB + MIB / 2 + MIB / 4, 'a body but for its end');
    silent.push(sender);
  }
  const real = await wire(t, bench.port);
  real.socket.write(head(MIB, sign(Buffer.alloc(MIB))));
  real.socket.write(Buffer.alloc(MIB));
  await real.until(/"accepted"/);
  await silent[0]?.until(/^HTTP\/1.1 503[^]*Retry-After: \d/);
  assert.equal(bench.counts.get('received test overloaded'), 1);
  for (const sender of silent) sender.socket.destroy();
  await eventually(() => bench.accept.inFlightBytes() === 0, 'all bytes given back');
});

test('bytes that verified deliveries take are theirs: a large body is told 503, a small one passes', async (t) => {
  const commits: (() => void)[] = [];
  const append = () =>
    new Promise<{ status: 'accepted'; id: number }>((resolve) => {
      commits.push(() => resolve({ status: 'accepted', id: 1 }));
    });
  const bench = await serve(t, { intake: { append }, limits: { maxBodyBytes: MIB, maxInFlightBytes: 4 * MIB } });
  const large = `${head(MIB, sign(Buffer.alloc(MIB)))}${'\0'.repeat(MIB)}`;
  const storing = await Promise.all([1, 2, 3].map(() => wire(t, bench.port)));
  for (const sender of storing) sender.socket.write(large);
  await eventually(() => commits.length === 3, 'three being stored');
  const fourth = await wire(t, bench.port);
  fourth.socket.write(large);
  await fourth.until(/^HTTP\/1.1 503[^]*Retry-After: \d/);
  const small = await wire(t, bench.port);
  small.socket.write(`${head(2, sign('{}'))}{}`);
  await eventually(() => commits.length === 4, 'the small one as well');
  for (const commit of commits) commit();
  for (const sender of [...storing, small]) await sender.until(/"accepted"/);
  assert.equal(bench.accept.inFlightBytes(), 0);
});

test('a body that does not get on is told 408 and its connection is closed', async (t) => {
  const clock = handClock();
  const bench = await serve(t, { clock });
  const slow = [];
  for (const length of [10, MIB, null]) {
    const sender = await wire(t, bench.port);
    sender.socket.write(`${head(length)}5\r\n`);
    slow.push(sender);
  }
  await eventually(() => bench.accept.inFlightBytes() > 0, 'something came');
  await eventually(() => {
    clock.advance(1_000);
    return bench.counts.get('received test aborted') === 3;
  }, 'all cut off');
  for (const sender of slow) await sender.until(/^HTTP\/1.1 408[^]*Connection: close[^]*body_too_slow/);
  clock.advance(1_000);
  for (const sender of slow) await sender.closed();
  assert.equal(bench.accept.inFlightBytes(), 0);
});

test('an unsigned body is refused before it is read, where the headers show it', async (t) => {
  const source = { ...testSource(), glance: () => ({ kind: 'refused', cause: 'unsigned' }) as const };
  const clock = handClock();
  const bench = await serve(t, { sources: new Map([['test', source]]), limits: LIMITS, clock });
  for (const length of [25 * MIB, null]) {
    const sender = await wire(t, bench.port);
    sender.socket.write(head(length));
    await sender.until(/^HTTP\/1.1 401[^]*signature_refused/);
    clock.advance(1_000);
    await sender.closed();
  }
  assert.equal(bench.counts.get('received test refused'), 2);
  assert.ok(bench.bytesRead() < 10_000);
});

test('a body in tiny pieces is cut off, also while it is refused for something else', async (t) => {
  const bench = await serve(t);
  for (const extra of [[], ['Content-Encoding: gzip']]) {
    const sender = await wire(t, bench.port);
    sender.socket.write(head(null, 'aa', extra) + '1\r\nx\r\n'.repeat(50_000));
    await sender.until(extra.length === 0 ? /^HTTP\/1.1 400[^]*body_in_tiny_pieces/ : /^HTTP\/1.1 415/);
    await sender.closed();
  }
  assert.equal(bench.accept.inFlightBytes(), 0);
  const slices = await wire(t, bench.port);
  slices.socket.write(
    `${head(null, sign('x'.repeat(256_000)))}${`80\r\n${'x'.repeat(128)}\r\n`.repeat(2_000)}0\r\n\r\n`,
  );
  await slices.until(/"accepted"/);
});

test('an encoded body is 415: nothing is unpacked', async (t) => {
  const bench = await serve(t);
  for (const encoding of ['gzip', 'br', 'deflate, gzip', 'GZIP']) {
    const sender = await wire(t, bench.port);
    sender.socket.write(`${head(2, sign('{}'), [`Content-Encoding: ${encoding}`])}{}`);
    await sender.until(/^HTTP\/1.1 415[^]*unsupported_encoding/);
  }
  const plain = await wire(t, bench.port);
  plain.socket.write(`${head(2, sign('{}'), ['Content-Encoding: identity'])}{}`);
  await plain.until(/"accepted"/);
});

test('a sender that leaves in mid body gives its bytes back', async (t) => {
  const bench = await serve(t);
  for (const length of [500_000, null]) {
    const sender = await wire(t, bench.port);
    sender.socket.write(`${head(length)}186A0\r\n`);
    sender.socket.write(Buffer.alloc(50_000));
    await eventually(() => bench.accept.inFlightBytes() > 0, 'bytes taken');
    sender.socket.resetAndDestroy();
    await eventually(() => bench.accept.inFlightBytes() === 0, 'bytes given back');
  }
  assert.equal(bench.counts.get('received test aborted'), 2);
});

test('a sender that leaves while its event is being stored does no harm', async (t) => {
  let commit: (() => void) | undefined;
  const append = () =>
    new Promise<{ status: 'accepted'; id: number }>((resolve) => {
      commit = () => resolve({ status: 'accepted', id: 1 });
    });
  const bench = await serve(t, { intake: { append } });
  const sender = await wire(t, bench.port);
  sender.socket.write(`${head(2, sign('{}'))}{}`);
  await eventually(() => commit !== undefined, 'append called');
  sender.socket.resetAndDestroy();
  await sender.closed();
  commit?.();
  await eventually(() => bench.counts.get('received test accepted') === 1, 'counted as accepted');
  assert.equal(bench.accept.inFlightBytes(), 0);
  assert.deepEqual(bench.lines, []);
});

test('a body that comes too slowly is cut off by the server and gives its bytes back', async (t) => {
  const bench = await serve(t, {}, { requestTimeout: 100, headersTimeout: 100, connectionsCheckingInterval: 20 });
  const sender = await wire(t, bench.port);
  sender.socket.write(`${head(1_000)}{`);
  await sender.until(/^HTTP\/1.1 408/);
  await sender.closed();
  await eventually(() => bench.accept.inFlightBytes() === 0, 'bytes given back');
  assert.equal(bench.counts.get('received test aborted'), 1);
});

test('a refusal of a small body keeps the connection for the next delivery', async (t) => {
  const bench = await serve(t);
  const sender = await wire(t, bench.port);
  const wrongType = head(2, sign('{}')).replace('application/json', 'text/xml');
  sender.socket.write(`${wrongType}{}${head(2, sign('{}'))}{}`);
  await sender.until(/^HTTP\/1.1 415[^]*HTTP\/1.1 200/);
});

test('a length together with chunks, and a length that is no number, never reach accept', async (t) => {
  const bench = await serve(t);
  for (const extra of ['Transfer-Encoding: chunked', 'Content-Length: 5']) {
    const sender = await wire(t, bench.port);
    sender.socket.write(`${head(2, 'aa', [extra])}{}`);
    await sender.until(/^HTTP\/1.1 400/);
  }
  assert.equal(bench.counts.size, 0);
});

test('a flood of forged requests writes a handful of lines and computes few diagnoses', async (t) => {
  const bench = await serve(t);
  const sender = await wire(t, bench.port);
  const forged = `${head(2, 'b'.repeat(64))}{}`;
  sender.socket.write(forged.repeat(3_000));
  await eventually(() => bench.counts.get('received test refused') === 3_000, 'all refused');
  // One every few seconds, however long a busy machine takes for them.
  assert.ok(bench.source.diagnosed >= 1 && bench.source.diagnosed <= 30, `${bench.source.diagnosed} diagnoses`);
  assert.equal(bench.lines.length, bench.source.diagnosed);
});
