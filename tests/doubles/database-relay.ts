import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** What becomes of an INSERT that passes: its answer and the connection go, or no answer comes. */
export type Fate = 'lost' | 'stuck';

/** Between a client and a database. */
export interface DatabaseRelay extends AsyncDisposable {
  /** The address, through here. */
  readonly url: string;
  /** How many INSERTs have passed. */
  readonly inserts: number;
  /** Of the next INSERT, or of the `nth` of all. */
  plan(fate: Fate, nth?: number): void;
  /** Resolves when so many INSERTs have passed. */
  waitFor(count: number): Promise<void>;
}

/** `INSERT INTO`, as each driver sends it: made for each connection, asked of each piece of what it sends. */
const IS_INSERT = {
  postgres: () => (bytes: Buffer) => bytes.includes('INSERT INTO'),
  // Prepared once and executed at once, and known by its number from then on:
  // https://mariadb.com/docs/server/reference/clientserver-protocol
  mysql() {
    let isPrepared = false;
    let insert: number | null = null;
    return (bytes: Buffer) => {
      const command = bytes[4];
      if (command === 0x16) isPrepared = bytes.includes('INSERT INTO');
      if (command !== 0x17 || bytes.length < 9) return false;
      const id = bytes.readUInt32LE(5);
      if (isPrepared) insert = id;
      isPrepared = false;
      return id === insert;
    };
  },
} as const;

export async function startDatabaseRelay(to: string): Promise<DatabaseRelay> {
  const { protocol, hostname, port } = new URL(to);
  const isInsertOf = IS_INSERT[protocol === 'mysql:' ? 'mysql' : 'postgres'];
  const sockets = new Set<Socket>();
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let inserts = 0;
  let planned: { readonly fate: Fate; readonly nth: number } | null = null;

  function keep(socket: Socket): Socket {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    return socket.on('error', () => undefined);
  }

  const server = createServer((socket) => {
    const client = keep(socket);
    const database = keep(connect(Number(port || 5432), hostname));
    const isInsert = isInsertOf();
    let fate: Fate | null = null;
    client.on('data', (bytes: Buffer) => {
      database.write(bytes);
      if (!isInsert(bytes)) return;
      inserts++;
      if (planned?.nth === inserts) fate = planned.fate;
      for (const { count, resolve } of waiting) if (inserts >= count) resolve();
    });
    database.on('data', (bytes: Buffer) => {
      if (fate === 'lost') client.destroy();
      if (fate === null) client.write(bytes);
    });
    client.once('close', () => database.destroy());
    database.once('close', () => client.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = new URL(to);
  url.host = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  return {
    url: url.href,
    get inserts() {
      return inserts;
    },
    plan: (fate, nth = inserts + 1) => void (planned = { fate, nth }),
    async waitFor(count) {
      if (inserts >= count) return;
      await new Promise<void>((resolve) => waiting.push({ count, resolve }));
    },
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
