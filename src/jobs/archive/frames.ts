// Zstandard frames (RFC 8878). Node's decoder reads one frame and ends: files that grow by frames are taken apart here.

import { promisify } from 'node:util';
import { constants, type ZstdOptions, zstdCompress } from 'node:zlib';

const compressed = promisify<Buffer, ZstdOptions, Buffer>(zstdCompress);

const MAGIC = 0xfd2fb528;
const SKIPPABLE_FROM = 0x184d2a50;
const SKIPPABLE_TO = 0x184d2a5f;

/** One frame, whole, with a checksum. Off the main thread. */
export function frameOf(text: string): Promise<Buffer> {
  return compressed(Buffer.from(text), {
    params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 },
  });
}

export function isZstd(bytes: Uint8Array): boolean {
  if (bytes.length < 4) return false;
  const magic = magicOf(bytes);
  return magic === MAGIC || isSkippable(magic);
}

function magicOf(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
}

function isSkippable(magic: number): boolean {
  return magic >= SKIPPABLE_FROM && magic <= SKIPPABLE_TO;
}

/** Where a piece of a file belongs. `isEnd`: the frame ends with it. */
export interface FramePiece {
  readonly bytes: Buffer;
  readonly isEnd: boolean;
}

/**
 * Finds the frames in a stream of bytes by the sizes that stand in front of their blocks, without decoding them. Give it
 * pieces as they come.
 */
export class FrameSplitter {
  #kept: Buffer = Buffer.alloc(0);
  #skip = 0;
  #next: 'frame' | 'block' | 'checksum' | 'end' = 'frame';
  #hasChecksum = false;

  /** Between two frames, with nothing begun. */
  get isWhole(): boolean {
    return this.#next === 'frame' && this.#kept.length === 0;
  }

  /** @throws SyntaxError where a frame should begin and none does */
  *push(chunk: Buffer): Generator<FramePiece> {
    const bytes = this.#kept.length === 0 ? chunk : Buffer.concat([this.#kept, chunk]);
    let from = 0;
    let at = 0;
    for (;;) {
      const skipped = Math.min(this.#skip, bytes.length - at);
      at += skipped;
      this.#skip -= skipped;
      if (this.#skip > 0) break;
      if (this.#next === 'end') {
        yield { bytes: bytes.subarray(from, at), isEnd: true };
        from = at;
        this.#next = 'frame';
      }
      const size = this.#step(bytes.subarray(at));
      if (size === null) break;
      this.#skip = size;
    }
    if (at > from) yield { bytes: bytes.subarray(from, at), isEnd: false };
    this.#kept = bytes.subarray(at);
  }

  /** How many bytes come before the next step. Null: more must be seen to tell. */
  #step(ahead: Buffer): number | null {
    switch (this.#next) {
      case 'frame':
        return this.#frameHeader(ahead);
      case 'block':
        return this.#blockHeader(ahead);
      case 'checksum':
        this.#next = 'end';
        return 4;
      case 'end':
        return null;
    }
  }

  #frameHeader(ahead: Buffer): number | null {
    if (ahead.length < 4) return null;
    const magic = magicOf(ahead);
    if (isSkippable(magic)) {
      if (ahead.length < 8) return null;
      this.#next = 'end';
      return 8 + ahead.readUInt32LE(4);
    }
    if (magic !== MAGIC) throw new SyntaxError('there is something in it that is not zstd');
    const descriptor = ahead[4];
    if (descriptor === undefined) return null;
    const isSingle = (descriptor & 0x20) !== 0;
    const sizeFlag = descriptor >> 6;
    const sizeBytes = sizeFlag === 0 ? Number(isSingle) : 2 ** sizeFlag;
    const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
    this.#hasChecksum = (descriptor & 4) !== 0;
    this.#next = 'block';
    return 5 + (isSingle ? 0 : 1) + dictionaryBytes + sizeBytes;
  }

  #blockHeader(ahead: Buffer): number | null {
    if (ahead.length < 3) return null;
    const header = ahead.readUIntLE(0, 3);
    const isLast = (header & 1) !== 0;
    const isRepeated = ((header >> 1) & 3) === 1;
    if (isLast) this.#next = this.#hasChecksum ? 'checksum' : 'end';
    return 3 + (isRepeated ? 1 : header >> 3);
  }
}
