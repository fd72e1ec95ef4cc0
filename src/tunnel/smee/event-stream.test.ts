import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { eventStream, type StreamEvent } from './event-stream.ts';

async function read(text: string, cuts: readonly number[] = [], lastId = ''): Promise<StreamEvent[]> {
  const bytes = Buffer.from(text);
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  const chunks = edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
  return Array.fromAsync(eventStream(chunksOf(chunks), lastId));
}

async function* chunksOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

const STREAM =
  ': hello\nid: 0\nevent: ready\ndata: {}\n\nid: 1\ndata: {"a":\ndata:"é🟢"}\n\nevent: ping\ndata\n\nretry: 10\n\n';
const EVENTS: readonly StreamEvent[] = [
  { type: 'ready', data: '{}', lastId: '0' },
  { type: 'message', data: '{"a":\n"é🟢"}', lastId: '1' },
  { type: 'ping', data: '', lastId: '1' },
];

test('events, comments, several lines of data, and ids that last', async () => {
  assert.deepEqual(await read(STREAM), EVENTS);
});

test('however it is cut into chunks, and whatever ends its lines', async () => {
  const ends = fc.constantFrom('\n', '\r\n', '\r');
  await fc.assert(
    fc.asyncProperty(ends, fc.array(fc.nat(), { maxLength: 12 }), async (end, cuts) => {
      // A lone CR at the very end is seen as a line's end only by what follows.
      assert.deepEqual(await read(`${STREAM.replaceAll('\n', end)}: end${end}`, cuts), EVENTS);
    }),
  );
});

test('an event that the end cuts short is dropped', async () => {
  assert.deepEqual(await read('data: half\n'), []);
});

test('an id from before the connection broke is remembered', async () => {
  assert.deepEqual(await read('data: x\n\n', [], '7'), [{ type: 'message', data: 'x', lastId: '7' }]);
});
