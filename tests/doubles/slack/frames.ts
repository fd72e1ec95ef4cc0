import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** https://www.rfc-editor.org/rfc/rfc6455 */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const OPCODE = { more: 0, text: 1, close: 8, ping: 9, pong: 10 } as const;

/** The server's end of a WebSocket. */
export interface Peer {
  send(text: string): void;
  ping(text: string): void;
  /** With a close frame. */
  close(code: number): void;
  /** Without one. */
  destroy(): void;
}

export interface PeerEvents {
  readonly onText: (text: string) => void;
  readonly onPong: (text: string) => void;
  /** Once, however it ended. */
  readonly onEnd: () => void;
}

/** Takes the upgrade. Frames of clients are masked; without that the connection breaks. */
export function acceptUpgrade(incoming: IncomingMessage, socket: Duplex, events: PeerEvents): Peer {
  const key = createHash('sha1').update(`${incoming.headers['sec-websocket-key']}${GUID}`).digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`,
  );
  let buffered: Buffer = Buffer.alloc(0);
  let fragments: Buffer[] = [];
  const send = (opcode: number, data: Buffer) => {
    if (socket.writable) socket.write(Buffer.concat([headOf(opcode, data.length), data]));
  };
  const take = ({ opcode, isLast, data }: Frame) => {
    if (opcode === OPCODE.close) {
      send(OPCODE.close, data.subarray(0, 2));
      socket.end();
    } else if (opcode === OPCODE.ping) send(OPCODE.pong, data);
    else if (opcode === OPCODE.pong) events.onPong(data.toString());
    else {
      fragments.push(data);
      if (!isLast) return;
      const text = Buffer.concat(fragments).toString();
      fragments = [];
      events.onText(text);
    }
  };
  socket.on('data', (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk]);
    for (let frame = frameIn(buffered); frame !== null; frame = frameIn(buffered)) {
      if (frame === 'unmasked') return void socket.destroy();
      buffered = buffered.subarray(frame.size);
      take(frame);
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('end', () => socket.end());
  socket.once('close', events.onEnd);
  return {
    send: (text) => send(OPCODE.text, Buffer.from(text)),
    ping: (text) => send(OPCODE.ping, Buffer.from(text)),
    close: (code) => {
      const data = Buffer.alloc(2);
      data.writeUInt16BE(code);
      send(OPCODE.close, data);
      socket.end();
    },
    destroy: () => socket.destroy(),
  };
}

function headOf(opcode: number, length: number): Buffer {
  if (length < 126) return Buffer.from([0x80 | opcode, length]);
  const head = Buffer.alloc(length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  head[1] = length < 65_536 ? 126 : 127;
  if (length < 65_536) head.writeUInt16BE(length, 2);
  else head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}

interface Frame {
  readonly opcode: number;
  readonly isLast: boolean;
  readonly data: Buffer;
  /** Bytes with its head. */
  readonly size: number;
}

/** Null: it has not arrived to its end. */
function frameIn(bytes: Buffer): Frame | 'unmasked' | null {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return null;
  if ((second & 0x80) === 0) return 'unmasked';
  const short = second & 0x7f;
  const start = { 126: 4, 127: 10 }[short] ?? 2;
  if (bytes.length < start + 4) return null;
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  const size = start + 4 + length;
  if (bytes.length < size) return null;
  const mask = bytes.subarray(start, start + 4);
  const data = Buffer.from(bytes.subarray(start + 4, size));
  for (let i = 0; i < data.length; i++) data[i] = (data[i] ?? 0) ^ (mask[i % 4] ?? 0);
  return { opcode: first & 0x0f, isLast: (first & 0x80) !== 0, data, size };
}
