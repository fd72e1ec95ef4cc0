import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { eventually, handClock, type Mounted, mount, sign } from './kit.test.ts';

const KIB = 1024;

/** A body that comes as the test says, with whatever length the sender claims. */
function streamed(body: Buffer, id = 'one', extra: Record<string, string> = {}) {
  const pipe = new TransformStream<Uint8Array, Uint8Array>();
  const abort = new AbortController();
  const headers = { 'content-type': 'application/json', 'x-test-signature': sign(body), 'x-test-id': id, ...extra };
  const init: RequestInit = { method: 'POST', headers, body: pipe.readable, duplex: 'half', signal: abort.signal };
  return { init, writer: pipe.writable.getWriter(), abort };
}

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: { code: string } }).error.code;
}

/** The sender goes on until nobody reads any more; returns how many bytes were taken. */
async function flood(writer: WritableStreamDefaultWriter<Uint8Array>, answered: Promise<unknown>): Promise<number> {
  let taken = 0;
  let isOver = false;
  void answered.then(() => (isOver = true));
  while (!isOver) {
    const written = writer.write(Buffer.alloc(64 * KIB)).then(() => (taken += 64 * KIB));
    await Promise.race([written, answered]);
  }
  return taken;
}

test('a body over the limit is 413 before it is read, or at the first byte over', async () => {
  const bench = mount({ limits: { maxBodyBytes: 100 * KIB, maxInFlightBytes: 1000 * KIB } });
  const declared = streamed(Buffer.alloc(0), 'one', { 'content-length': String(101 * KIB) });
  assert.equal((await bench.send('/webhooks/test', declared.init)).status, 413);

  const undeclared = streamed(Buffer.alloc(0));
  const answered = bench.send('/webhooks/test', undeclared.init);
  assert.ok((await flood(undeclared.writer, answered)) <= 192 * KIB);
  assert.equal(await codeOf(await answered), 'body_too_large');
  assert.equal(bench.accept.inFlightBytes(), 0);
});

test('the bytes of all requests in flight are bounded, and the slower give way to the faster', async () => {
  // Which of them is the slower is nobody's luck: time goes on when the test says so.
  const clock = handClock();
  const bench = mount({ clock, limits: { maxBodyBytes: 300 * KIB, maxInFlightBytes: 640 * KIB } });
  const slow = ['one', 'two'].map((id) => streamed(Buffer.alloc(0), id));
  const waiting = [];
  for (const { init, writer } of slow) {
    waiting.push(bench.send('/webhooks/test', init));
    await writer.write(Buffer.alloc(290 * KIB));
    await eventually(() => bench.accept.inFlightBytes() >= waiting.length * 290 * KIB, 'its bytes are here');
    clock.advance(100);
  }

  const body = Buffer.alloc(100 * KIB);
  const third = streamed(body, 'three');
  const answered = bench.send('/webhooks/test', third.init);
  void third.writer.write(body).then(() => third.writer.close());
  assert.equal((await answered).status, 200);
  assert.equal(await codeOf((await waiting[0]) as Response), 'overloaded');

  slow[1]?.abort.abort();
  assert.equal(await codeOf((await waiting[1]) as Response), 'body_cut_off');
  assert.equal(bench.accept.inFlightBytes(), 0);
});

test('a body that breaks off stores nothing, whether the sender aborts or the stream fails', async () => {
  const bench = mount();
  const endings: ((sender: ReturnType<typeof streamed>) => unknown)[] = [
    ({ abort }) => abort.abort(),
    ({ writer }) => writer.abort(new Error('connection reset')),
  ];
  for (const end of endings) {
    const sender = streamed(Buffer.from('{}'));
    const answered = bench.send('/webhooks/test', sender.init);
    await sender.writer.write(Buffer.from('{'));
    await eventually(() => bench.accept.inFlightBytes() > 0, 'the first byte was taken');
    void end(sender);
    assert.equal(await codeOf(await answered), 'body_cut_off');
    assert.equal(bench.accept.inFlightBytes(), 0);
  }
  assert.equal(bench.intake.events.size, 0);
});

test('a request that was aborted before it came in is not read', async () => {
  const bench = mount();
  const sender = streamed(Buffer.from('{}'));
  sender.abort.abort();
  assert.equal((await bench.send('/webhooks/test', sender.init)).status, 400);
});

test('property: what is stored is what came, whatever length was declared and however it was cut', async () => {
  const bench = mount();
  let n = 0;
  const length = fc.option(fc.nat(10_000), { nil: undefined });
  const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 2_000 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(chunks, length, async (chunks, declared) => {
      const body = Buffer.concat(chunks);
      const id = `n${n++}`;
      const sender = streamed(body, id, declared === undefined ? {} : { 'content-length': String(declared) });
      const answered = bench.send('/webhooks/test', sender.init);
      for (const chunk of chunks) {
        await sender.writer.write(chunk);
        // A sender may use its buffer again: what was given is ours.
        chunk.fill(0);
      }
      await sender.writer.close();
      assert.equal((await answered).status, 200);
      assert.deepEqual(bench.intake.events.get(id)?.body, body);
      assert.equal(bench.accept.inFlightBytes(), 0);
    }),
    { numRuns: 60 },
  );
});

test('a length that is no number counts as none', async () => {
  const bench = mount();
  for (const length of ['-1', '1e9', '', 'ten']) {
    const sender = streamed(Buffer.from('{}'), `length ${length}`, { 'content-length': length });
    const answered = bench.send('/webhooks/test', sender.init);
    await sender.writer.write(Buffer.from('{}'));
    await sender.writer.close();
    assert.equal((await answered).status, 200, length);
  }
});

test('a body that somebody has read is 500, and the log says where Tidings belongs', async () => {
  const bench: Mounted = mount();
  const request = new Request('http://localhost/webhooks/test', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  await request.text();
  assert.equal(await codeOf(await bench.accept.fetch(request)), 'internal');
  assert.match(bench.lines[0]?.msg ?? '', /before any body parser/);
});
