import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { EVENT_STATES, ORIGINS } from '../../model/event.ts';
import type { WholeEvent } from '../../model/inbox/transfer.ts';
import { framesOf } from './event-frames.ts';
import { eventLine, headerLine } from './event-line.ts';
import { FrameSplitter, frameOf, isZstd } from './frames.ts';
import { readLine } from './read-line.ts';
import { CutOffError, DamagedError, readLines } from './read-lines.ts';

const time = fc.integer({ min: 0, max: 4e12 });
const name = fc.string({ minLength: 1, unit: 'grapheme' });
const id = fc.integer({ min: 1 });
const plain = { noNullPrototype: true } as const;
const bytes = fc.uint8Array().map((value) => Buffer.from(value));

const anEvent: fc.Arbitrary<WholeEvent> = fc.record(
  {
    id,
    source: name,
    deliveryId: name,
    guid: name,
    type: name,
    action: fc.option(name),
    repo: fc.option(name),
    actor: fc.option(name),
    about: fc.option(name),
    origin: fc.constantFrom(...ORIGINS),
    secretNo: fc.nat(),
    receivedAt: time,
    storedAt: time,
    expandedAt: fc.option(time),
    settlesAt: fc.option(time),
    state: fc.constantFrom(...EVENT_STATES),
    reason: fc.option(name),
    replays: fc.nat(),
    released: fc.boolean(),
    suspectOf: fc.option(id),
    // A header of this name is left out, like in any object of ours.
    headers: fc.option(
      fc.dictionary(
        name.filter((each) => each !== '__proto__'),
        fc.string(),
        plain,
      ),
    ),
    body: fc.option(fc.oneof(bytes, fc.string({ unit: 'grapheme' }).map(Buffer.from), fc.json().map(Buffer.from))),
    bodyDigest: fc.option(fc.stringMatching(/^[0-9a-f]{64}$/)),
    trace: fc.constantFrom(null, { kind: 'push', rules: [] }),
    notifications: fc.array(
      fc.record(
        {
          id,
          destination: name,
          rule: name,
          state: fc.constantFrom('queued', 'sent', 'merged', 'dead', 'unknown'),
          reason: fc.option(name),
          dedupKey: name,
          echoKey: fc.option(name),
          isReplay: fc.boolean(),
          tries: fc.nat(),
          mergedInto: fc.option(id),
          notBefore: fc.option(time),
          settledAt: fc.option(time),
          dismissedAt: fc.option(time),
          attempts: fc.array(
            fc.record(
              {
                id,
                startedAt: time,
                endedAt: fc.option(time),
                outcome: fc.constantFrom(null, 'sent', 'retry', 'rejected', 'unknown'),
                request: name,
                detail: fc.option(name),
                size: fc.nat(),
              },
              plain,
            ),
            { maxLength: 2 },
          ),
        },
        plain,
      ),
      { maxLength: 2 },
    ),
  },
  plain,
);

async function* inPieces(file: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
}

async function linesIn(file: Buffer, size = file.length): Promise<{ lines: string[]; error: unknown }> {
  const lines: string[] = [];
  try {
    for await (const line of readLines(inPieces(file, size))) lines.push(line);
    return { lines, error: null };
  } catch (error) {
    return { lines, error };
  }
}

test('an event that is written and read is the same, byte for byte', () => {
  fc.assert(
    fc.property(anEvent, (event) => {
      const line = eventLine(event);
      assert.equal(line.indexOf('\n'), line.length - 1);
      assert.deepEqual(readLine(line), { kind: 'event', event });
    }),
  );
});

test('the first line says what the file holds', () => {
  const selection = { since: 1_000, until: 2_000, repo: 'acme/api', source: null };
  assert.deepEqual(readLine(headerLine(selection)), { kind: 'header', selection });
  assert.deepEqual(readLine(headerLine(null)), { kind: 'header', selection: null });
});

test('what is no event, or of another version, is refused with the reason', () => {
  const refused: readonly (readonly [line: string, why: RegExp])[] = [
    ['no JSON', /no JSON/],
    ['{"format":"tidings.events","version":2}', /version 2 of the format.*reads version 1: a newer one wrote it/],
    ['{"format":"something.else","version":1}', /another format/],
    ['{"id":1}', /no event \(source/],
    ['7', /no event/],
  ];
  for (const [line, why] of refused) assert.throws(() => readLine(line), { name: 'FormatError', message: why });
});

test('frames that follow each other are read to the last, in pieces of any size; so is what the zstd program writes', async () => {
  const lines = ['first', 'x'.repeat(3_000), 'last'].map((text) => JSON.stringify(text));
  const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
  const files = [
    Buffer.concat(await Promise.all(lines.map((line) => frameOf(`${line}\n`)))),
    Buffer.concat([skippable, zstdCompressSync(Buffer.from(`${lines.join('\n')}\n`)), skippable]),
    Buffer.from(`${lines.join('\n')}\n`),
    Buffer.from(lines.join('\n')),
  ];
  for (const file of files) {
    for (const size of [1, 2, 5, 1_000, file.length])
      assert.deepEqual(await linesIn(file, size), { lines, error: null });
  }
});

test('of a file that is cut off anywhere all whole frames are read, and it is said', async () => {
  const events = fc.sample(anEvent, { numRuns: 1, seed: 7 });
  const frames = [await frameOf(headerLine(null)), ...(await Promise.all(events.map((event) => framesOf([event]))))];
  const file = Buffer.concat(frames);
  const ends = frames.map((_, index) => Buffer.concat(frames.slice(0, index + 1)).length);
  for (let length = 0; length <= file.length; length++) {
    const { lines, error } = await linesIn(file.subarray(0, length));
    const whole = ends.filter((end) => end <= length).length;
    assert(lines.length >= whole, `${lines.length} lines of ${length} bytes`);
    for (const line of lines) readLine(line);
    if (length === 0 || ends.includes(length)) assert.equal(error, null);
    else assert(error instanceof CutOffError, `${String(error)} at ${length}`);
  }
});

test('a file that was changed is read up to there', async () => {
  const [first, second] = [await frameOf('"first"\n'), await frameOf('"second"\n')];
  second[second.length - 6] = (second.at(-6) ?? 0) ^ 1;
  const changed = await linesIn(Buffer.concat([first, second]));
  assert.deepEqual(changed.lines[0], '"first"');
  assert(changed.error instanceof DamagedError);
  const strange = await linesIn(Buffer.concat([first, Buffer.from('no zstd at all')]));
  assert.deepEqual(strange.lines, ['"first"']);
  assert(strange.error instanceof DamagedError);
});

test('where a frame ends is known without decoding it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, { maxLength: 4 }), fc.integer({ min: 1, max: 9 }), async (contents, size) => {
      const frames = [...contents, Buffer.alloc(300_000, 7)].map((content) => zstdCompressSync(content));
      const splitter = new FrameSplitter();
      const found: number[] = [];
      let length = 0;
      for await (const chunk of inPieces(Buffer.concat(frames), size)) {
        for (const piece of splitter.push(chunk)) {
          length += piece.bytes.length;
          if (piece.isEnd) found.push(length);
          if (piece.isEnd) length = 0;
        }
      }
      assert(splitter.isWhole);
      assert.deepEqual(
        found,
        frames.map((frame) => frame.length),
      );
      assert(frames.every(isZstd));
    }),
    { numRuns: 20 },
  );
});
