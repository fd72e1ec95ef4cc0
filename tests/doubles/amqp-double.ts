import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

export const AMQP_PASSWORD = 'a-password-of-nobody';

/**
 * What becomes of the next message. `closed`: the channel is, as for an exchange that is not there. `blocked`: it is read once there is
 * memory again.
 */
export type Fate = 'nacked' | 'returned' | 'closed' | 'lost' | 'stuck' | 'blocked';

/** Of what the broker says to a connection, what it says not. `refused`: it says no to the virtual host. */
export type Opening = 'silent' | 'no channel' | 'refused';

export interface AmqpDouble extends AsyncDisposable {
  readonly url: string;
  /** Bodies of what was taken. */
  readonly taken: readonly string[];
  readonly ids: readonly string[];
  readonly violations: readonly string[];
  plan(fate: Fate): void;
  /** How the next connections open. Null: as they should. */
  opening: Opening | null;
  /** How many are open. */
  readonly connections: number;
  /** Resolves when none is. */
  left(): Promise<void>;
  /** It has memory again. */
  unblock(): void;
  /** Resolves when so many messages have come. */
  waitFor(count: number): Promise<void>;
}

/** A broker with whatever is asked for, which speaks AMQP 0-9-1 as far as a publisher needs it: https://www.rabbitmq.com/amqp-0-9-1-reference */
export async function startAmqpDouble(): Promise<AmqpDouble> {
  const sockets = new Set<Socket>();
  const state = { taken: [] as string[], ids: [] as string[], violations: [] as string[], came: 0 };
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const unblocks: (() => void)[] = [];
  let planned: Fate | null = null;
  let opening: Opening | null = null;

  function arrived(message: Arrived): Fate | null {
    const fate = planned;
    planned = null;
    state.came++;
    if (unblocks.length > 0) state.violations.push('sent what a blocked broker does not read');
    if (!message.isMandatory) state.violations.push('not mandatory');
    if (message.mode !== 2) state.violations.push('not persistent');
    if (message.id === '') state.violations.push('no message id');
    if (fate === null || fate === 'lost' || fate === 'stuck' || fate === 'blocked') {
      state.taken.push(message.body.toString('utf8'));
      state.ids.push(message.id);
    }
    for (const { count, resolve } of waiting) if (state.came >= count) resolve();
    return fate;
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    socket
      .on('error', () => undefined)
      .once('close', () => {
        sockets.delete(socket);
        server.emit('left');
      });
    speak(socket, { arrived, opening: () => opening, unblocks });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `amqp://tidings:${AMQP_PASSWORD}@127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    taken: state.taken,
    ids: state.ids,
    violations: state.violations,
    plan: (fate) => void (planned = fate),
    get opening() {
      return opening;
    },
    set opening(wanted) {
      opening = wanted;
    },
    get connections() {
      return sockets.size;
    },
    async left() {
      while (sockets.size > 0) await once(server, 'left');
    },
    unblock() {
      for (const unblock of unblocks.splice(0)) unblock();
    },
    async waitFor(count) {
      if (state.came >= count) return;
      await new Promise<void>((resolve) => waiting.push({ count, resolve }));
    },
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

interface Arrived {
  readonly isMandatory: boolean;
  readonly mode: number;
  readonly id: string;
  readonly body: Buffer;
}

const [METHOD, HEADER, BODY] = [1, 2, 3];

interface Ear {
  arrived(message: Arrived): Fate | null;
  opening(): Opening | null;
  readonly unblocks: (() => void)[];
}

function speak(socket: Socket, { arrived, opening, unblocks }: Ear): void {
  let rest = Buffer.alloc(0);
  let tag = 0n;
  let publishing: { method: Buffer; header: Buffer; body: Buffer[]; missing: number } | null = null;
  const frame = (type: number, channel: number, payload: Buffer) =>
    socket.write(Buffer.concat([Buffer.from([type]), u16(channel), u32(payload.length), payload, Buffer.from([0xce])]));
  const say = (channel: number, method: readonly [number, number], ...fields: readonly Buffer[]) =>
    frame(METHOD, channel, Buffer.concat([u16(method[0]), u16(method[1]), ...fields]));

  function whole(): void {
    if (publishing === null) return;
    const { method, header, body } = publishing;
    publishing = null;
    tag++;
    const fate = arrived(read(method, header, Buffer.concat(body)));
    if (fate === 'lost') return void socket.destroy();
    if (fate === 'stuck') return;
    const taken = tag;
    const confirm = () => say(1, fate === 'nacked' ? [60, 120] : [60, 80], u64(taken), Buffer.from([0]));
    if (fate === 'blocked') {
      say(0, [10, 60], short('low on memory'));
      unblocks.push(() => (say(0, [10, 61]), confirm()));
      return;
    }
    if (fate === 'closed')
      return void say(1, [20, 40], u16(404), short("NOT_FOUND - no exchange 'x'"), u16(60), u16(40));
    if (fate === 'returned') {
      say(1, [60, 50], u16(312), short('NO_ROUTE'), short(''), short(''));
      frame(HEADER, 1, header);
      for (const part of body) frame(BODY, 1, part);
    }
    confirm();
  }

  const answers: Readonly<Record<string, (channel: number) => unknown>> = {
    '10.11': () => say(0, [10, 30], u16(2047), u32(131_072), u16(0)),
    '10.40': () => {
      if (opening() === 'refused') say(0, [10, 50], u16(530), short('NOT_ALLOWED - no access'), u16(10), u16(40));
      else say(0, [10, 41], short(''));
    },
    '10.50': () => say(0, [10, 51]),
    '20.10': (channel) => opening() === 'no channel' || say(channel, [20, 11], u32(0)),
    '20.40': (channel) => say(channel, [20, 41]),
    '85.10': (channel) => say(channel, [85, 11]),
    '40.10': (channel) => say(channel, [40, 11]),
    '50.10': (channel) => say(channel, [50, 11], short(''), u32(0), u32(0)),
  };

  function take(type: number, channel: number, payload: Buffer): void {
    if (type === METHOD) {
      const name = `${payload.readUInt16BE(0)}.${payload.readUInt16BE(2)}`;
      if (name === '60.40') publishing = { method: payload, header: Buffer.alloc(0), body: [], missing: 0 };
      else answers[name]?.(channel);
    } else if (type === HEADER && publishing) {
      publishing.header = payload;
      publishing.missing = Number(payload.readBigUInt64BE(4));
      if (publishing.missing === 0) whole();
    } else if (type === BODY && publishing) {
      publishing.body.push(payload);
      publishing.missing -= payload.length;
      if (publishing.missing === 0) whole();
    }
  }

  socket.on('data', (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    if (rest.length >= 8 && rest.toString('latin1', 0, 4) === 'AMQP') {
      rest = rest.subarray(8);
      if (opening() === 'silent') return;
      say(0, [10, 10], Buffer.from([0, 9]), u32(0), long('PLAIN'), long('en_US'));
    }
    while (rest.length >= 8 && rest.length >= 8 + rest.readUInt32BE(3)) {
      const size = rest.readUInt32BE(3);
      const [type = 0, channel, payload] = [rest[0], rest.readUInt16BE(1), Buffer.from(rest.subarray(7, 7 + size))];
      rest = rest.subarray(8 + size);
      take(type, channel, payload);
    }
  });
}

/** The properties that stand in a header up to the message's id, in their order. */
function read(method: Buffer, header: Buffer, body: Buffer): Arrived {
  const flags = header.readUInt16BE(12);
  let at = 14;
  const text = () => {
    const size = header[at] ?? 0;
    at += 1 + size;
    return header.toString('utf8', at - size, at);
  };
  if (flags & 0x8000) text();
  if (flags & 0x4000) text();
  if (flags & 0x2000) at += 4 + header.readUInt32BE(at);
  const mode = flags & 0x1000 ? (header[at++] ?? 0) : 0;
  if (flags & 0x0800) at++;
  for (const flag of [0x0400, 0x0200, 0x0100]) if (flags & flag) text();
  const id = flags & 0x0080 ? text() : '';
  return { isMandatory: ((method.at(-1) ?? 0) & 1) === 1, mode, id, body };
}

function u16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function u64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}

function short(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);
}

function long(text: string): Buffer {
  return Buffer.concat([u32(text.length), Buffer.from(text)]);
}
