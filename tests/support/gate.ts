import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** A port that leads to a server, until it is shut. */
export interface Gate extends AsyncDisposable {
  readonly port: number;
  /** How many connections were ever made through it. */
  readonly passed: number;
  /** Cuts what is open; nobody listens any more. */
  shut(): Promise<void>;
  /** Listens again, on the same port. */
  open(): Promise<void>;
}

interface GateOptions {
  /** It speaks TLS, as a Postgres with this certificate does; what it leads to need not. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

/** To the server of a `postgres://…` URL. */
export async function startGate(url: string, { tls }: GateOptions = {}): Promise<Gate> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let passed = 0;
  let listening: Server | undefined;

  function keep<T extends Socket>(socket: T): T {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    return socket.on('error', () => undefined);
  }

  async function lead(incoming: Socket): Promise<void> {
    passed++;
    const outgoing = keep(connect(Number(port || 5432), hostname));
    const inside = tls === undefined ? incoming : keep(await upgraded(incoming, tls));
    inside.pipe(outgoing).pipe(inside);
    inside.once('close', () => outgoing.destroy());
    outgoing.once('close', () => inside.destroy());
  }

  async function listen(at: number): Promise<number> {
    listening = createServer((incoming) => void lead(keep(incoming))).listen(at, '127.0.0.1');
    await once(listening, 'listening');
    const address = listening.address();
    return typeof address === 'object' ? (address?.port ?? 0) : 0;
  }

  const own = await listen(0);
  const gate: Gate = {
    port: own,
    get passed() {
      return passed;
    },
    async shut() {
      const closed = listening?.listening ? once(listening, 'close') : null;
      listening?.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    open: async () => void (await listen(own)),
    [Symbol.asyncDispose]: () => gate.shut(),
  };
  return gate;
}

/** SSLRequest, eight bytes, is answered with one: https://www.postgresql.org/docs/current/protocol-flow.html */
async function upgraded(incoming: Socket, tls: { readonly cert: string; readonly key: string }): Promise<TLSSocket> {
  await once(incoming, 'readable');
  incoming.read(8);
  incoming.write('S');
  return new TLSSocket(incoming, { isServer: true, ...tls });
}
