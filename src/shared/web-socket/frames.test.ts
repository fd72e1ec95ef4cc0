import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { FrameError, FrameReader, frameOf, OPCODE } from './frames.ts';

/** As a server writes it. */
function served(opcode: number, data: Buffer, { isLast = true, reserved = 0 } = {}): Buffer {
  const { length } = data;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = (isLast ? 0x80 : 0) | reserved | opcode;
  head[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, data]);
}

function all(reader: FrameReader): readonly string[] {
  const found: string[] = [];
  for (let message = reader.next(); message !== null; message = reader.next()) {
    found.push(`${message.opcode} ${message.data.toString()}`);
  }
  return found;
}

test('whatever the pieces are in which bytes come, and in which messages were sent, they are the same messages', () => {
  const pieces = fc.array(fc.string({ maxLength: 300 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 8 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 400 })),
      (texts, sizes) => {
        const bytes = texts.flatMap((parts) =>
          parts.flatMap((part, index) => [
            served(index === 0 ? OPCODE.text : OPCODE.more, Buffer.from(part), { isLast: index === parts.length - 1 }),
            // A ping may stand between the pieces of a message.
            served(OPCODE.ping, Buffer.from('p')),
          ]),
        );
        let rest = Buffer.concat(bytes);
        const reader = new FrameReader(10_000);
        const found: string[] = [];
        for (const size of sizes) {
          if (rest.length === 0) break;
          reader.push(rest.subarray(0, size));
          rest = rest.subarray(size);
          found.push(...all(reader));
        }
        assert.deepEqual(
          found.filter((each) => !each.startsWith(`${OPCODE.ping} `)),
          texts.map((parts) => `1 ${parts.join('')}`),
        );
        assert.equal(found.length, texts.length + texts.flat().length);
      },
    ),
    { numRuns: 50 },
  );
});

for (const length of [0, 125, 126, 65_535, 65_536]) {
  test(`a frame of ${length} bytes is written masked, and read back as it was`, () => {
    const data = Buffer.alloc(length, 'x');
    const frame = frameOf(OPCODE.text, data);
    const second = frame[1] ?? 0;
    assert.equal(second & 0x80, 0x80);
    const start = ({ 126: 4, 127: 10 }[second & 0x7f] ?? 2) + 4;
    const mask = frame.subarray(start - 4, start);
    const plain = frame.subarray(start).map((byte, index) => byte ^ (mask[index % 4] ?? 0));
    assert.ok(data.equals(plain));
    const reader = new FrameReader(100_000);
    reader.push(served(OPCODE.text, data));
    assert.equal(reader.next()?.data.length, length);
  });
}

const BAD: Readonly<Record<string, readonly Buffer[]>> = {
  'a frame of a gigabyte, by its head alone': [Buffer.from([0x81, 127, 0, 0, 0, 0, 0x40, 0, 0, 0])],
  'a frame longer than any number': [Buffer.from([0x81, 127, 255, 255, 255, 255, 255, 255, 255, 255])],
  'pieces without end': Array.from({ length: 20 }, (_, n) =>
    served(n === 0 ? OPCODE.text : OPCODE.more, Buffer.alloc(100), { isLast: false }),
  ),
  'empty pieces without end': Array.from({ length: 2_000 }, (_, n) =>
    served(n === 0 ? OPCODE.text : OPCODE.more, Buffer.alloc(0), { isLast: false }),
  ),
  'a masked frame': [Buffer.from([0x81, 0x81, 1, 2, 3, 4, 5])],
  'a compressed frame': [served(OPCODE.text, Buffer.from('x'), { reserved: 0x40 })],
  'an opcode that nobody knows': [served(3, Buffer.from('x'))],
  'a ping in pieces': [served(OPCODE.ping, Buffer.from('x'), { isLast: false })],
  'a ping that is too long': [served(OPCODE.ping, Buffer.alloc(126))],
  'a piece of nothing': [served(OPCODE.more, Buffer.from('x'))],
  'a message within a message': [
    served(OPCODE.text, Buffer.from('x'), { isLast: false }),
    served(OPCODE.text, Buffer.from('x')),
  ],
};

for (const [name, frames] of Object.entries(BAD)) {
  test(`${name} is refused`, () => {
    const reader = new FrameReader(1_000);
    const read = () => {
      for (const frame of frames) {
        reader.push(frame);
        all(reader);
      }
    };
    assert.throws(read, FrameError);
  });
}
