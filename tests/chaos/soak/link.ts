import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/**
 * | mode     | what it does                                                                                  |
 * |----------|-----------------------------------------------------------------------------------------------|
 * | `pass`   | what comes in goes out                                                                        |
 * | `refuse` | connections break, and none is taken                                                          |
 * | `hold`   | a black hole: connections stand, and nothing moves on them; when it is over, it goes on      |
 * | `mute`   | requests arrive, answers stay away until it is over                                           |
 * | `reset`  | connections are reset, new ones as soon as what they brought has arrived                      |
 * | `slow`   | each piece takes 300 ms longer                                                                |
 */
export const CUTS = ['refuse', 'hold', 'mute', 'reset', 'slow'] as const;
export type Mode = 'pass' | (typeof CUTS)[number];

/** A way through the network that can be cut: a TCP proxy on a port of its own. */
export interface Link extends AsyncDisposable {
  readonly port: number;
  /** Resolves when it is so. */
  turn(mode: Mode): Promise<void>;
}

type Direction = 'there' | 'back';

const SLOW_MS = 300;
const HELD: Readonly<Record<Mode, readonly Direction[]>> = {
  pass: [],
  refuse: [],
  hold: ['there', 'back'],
  mute: ['back'],
  reset: ['back'],
  slow: [],
};

/** What is under way when either side closes is gone. */
export async function openLink(targetPort: number): Promise<Link> {
  let mode: Mode = 'pass';
  let changed = Promise.withResolvers<void>();
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket.setNoDelay(true));
      socket.on('error', () => undefined);
      socket.once('close', (hadError) => {
        sockets.delete(socket);
        if (mode === 'reset') reset(other);
        // A server that has answered may close: what it said is still carried.
        else if (hadError || socket === near) other.destroy();
      });
    }
    void carry(near, far, 'there');
    void carry(far, near, 'back');
  });

  async function carry(from: Socket, to: Socket, direction: Direction): Promise<void> {
    try {
      for await (const piece of from) {
        while (HELD[mode].includes(direction) && mode !== 'reset') await changed.promise;
        if (mode === 'slow') await setTimeout(SLOW_MS);
        if (mode === 'reset' && direction === 'back') return reset(to);
        to.write(piece as Buffer);
      }
      // Half-closed by nobody here: what was carried is flushed, and then both are.
      to.end();
    } catch {
      // One of them closed; `close` has told the other.
    }
  }

  /** Somebody's outgoing connection may have been given the port meanwhile. */
  async function listen(port: number): Promise<void> {
    for (;;) {
      server.listen(port, '127.0.0.1');
      const failed = await Promise.race([
        once(server, 'listening').then(() => false),
        once(server, 'error').then(() => true),
      ]).catch(() => true);
      if (!failed) return;
      await setTimeout(100);
    }
  }

  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async turn(wanted) {
      if (mode === wanted) return;
      const before = mode;
      mode = wanted;
      changed.resolve();
      changed = Promise.withResolvers();
      if (wanted === 'refuse') server.close();
      if (wanted === 'refuse' || wanted === 'reset') for (const socket of sockets) reset(socket);
      if (before === 'refuse') await listen(port);
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}

/** One that has said goodbye can't be reset any more: Node would keep it for good. */
function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
