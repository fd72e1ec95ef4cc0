import { randomBytes } from 'node:crypto';

/** https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
export const OPCODE = { more: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

const LAST = 0x80;
const MASKED = 0x80;
/** A control frame is whole, and holds no more: section 5.5. */
const CONTROL_BYTES = 125;

export interface WireMessage {
  /** Never `more`: fragments are put together. */
  readonly opcode: number;
  readonly data: Buffer;
}

/** What no server may send. `code`: what it is told, section 7.4.1. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** One frame of a client's, which are masked. */
export function frameOf(opcode: number, data: Buffer): Buffer {
  const { length } = data;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = LAST | opcode;
  if (length < 126) head[1] = MASKED | length;
  else if (length < 65_536) {
    head[1] = MASKED | 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = MASKED | 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  const mask = randomBytes(4);
  const masked = Buffer.from(data);
  for (let i = 0; i < length; i++) masked[i] = (masked[i] ?? 0) ^ (mask[i % 4] ?? 0);
  return Buffer.concat([head, mask, masked]);
}

interface Head {
  readonly opcode: number;
  readonly isLast: boolean;
  readonly length: number;
}

/** Bytes of a server's → its messages, of which none is larger than `maxBytes`: what would be is refused by its head. */
export class FrameReader {
  readonly #maxBytes: number;
  #chunks: Buffer[] = [];
  #size = 0;
  #head: Head | null = null;
  #fragments: Buffer[] = [];
  #fragmented: { readonly opcode: number; bytes: number } | null = null;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
  }

  /** Null: it has not arrived to its end. @throws FrameError */
  next(): WireMessage | null {
    for (;;) {
      this.#head ??= this.#readHead();
      if (this.#head === null) return null;
      const data = this.#take(this.#head.length);
      if (data === null) return null;
      const { opcode, isLast } = this.#head;
      this.#head = null;
      const message = opcode >= OPCODE.close ? { opcode, data } : this.#joined(opcode, isLast, data);
      if (message !== null) return message;
    }
  }

  #readHead(): Head | null {
    const start = this.#peek(2);
    const [first = 0, second = 0] = start ?? [];
    if (start === null) return null;
    const short = second & 0x7f;
    const size = { 126: 4, 127: 10 }[short] ?? 2;
    const bytes = this.#peek(size);
    if (bytes === null) return null;
    const length = size === 2 ? short : size === 4 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
    const head = { opcode: first & 0x0f, isLast: (first & LAST) !== 0, length };
    this.#check(head, { reserved: first & 0x70, isMasked: (second & MASKED) !== 0 });
    this.#take(size);
    return head;
  }

  #check({ opcode, isLast, length }: Head, { reserved, isMasked }: { reserved: number; isMasked: boolean }): void {
    const isControl = opcode >= OPCODE.close;
    if (reserved !== 0 || isMasked || !Object.values<number>(OPCODE).includes(opcode)) {
      throw new FrameError(1002, 'a frame that breaks the protocol');
    }
    if (isControl && (!isLast || length > CONTROL_BYTES)) throw new FrameError(1002, 'a control frame in pieces');
    if (!isControl && (opcode === OPCODE.more) !== (this.#fragmented !== null)) {
      throw new FrameError(1002, 'pieces of a message out of turn');
    }
    if (length + (this.#fragmented?.bytes ?? 0) > this.#maxBytes) {
      throw new FrameError(1009, `a message of more than ${this.#maxBytes} bytes`);
    }
  }

  #joined(opcode: number, isLast: boolean, data: Buffer): WireMessage | null {
    if (isLast && this.#fragmented === null) return { opcode, data };
    this.#fragmented ??= { opcode, bytes: 0 };
    // Empty pieces count too: there is no end of them.
    this.#fragmented.bytes += Math.max(data.length, 1);
    this.#fragments.push(data);
    if (!isLast) return null;
    const whole = { opcode: this.#fragmented.opcode, data: Buffer.concat(this.#fragments) };
    this.#fragments = [];
    this.#fragmented = null;
    return whole;
  }

  #peek(size: number): Buffer | null {
    if (this.#size < size) return null;
    const [first] = this.#chunks;
    if (first !== undefined && first.length >= size) return first;
    this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0] ?? null;
  }

  #take(size: number): Buffer | null {
    const found = this.#peek(size);
    if (found === null) return size === 0 ? Buffer.alloc(0) : null;
    const rest = found.subarray(size);
    if (rest.length > 0) this.#chunks[0] = rest;
    else this.#chunks.shift();
    this.#size -= size;
    return found.subarray(0, size);
  }
}
