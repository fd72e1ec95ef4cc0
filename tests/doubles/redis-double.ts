import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

export const REDIS_PASSWORD = 'a-password-of-nobody';

/** What becomes of the next entry. `wrong type`: as of all after it; an error of Redis's: it answers that. */
export type Fate = 'lost' | 'stuck' | 'stranger' | 'wrong type' | `-${string}`;

export interface RedisDouble extends AsyncDisposable {
  readonly url: string;
  /** The fields of each entry. */
  readonly entries: readonly ReadonlyMap<string, string>[];
  /** Of each entry that came, its id and all the rest. */
  readonly tries: readonly { readonly key: string; readonly told: string }[];
  readonly violations: readonly string[];
  plan(fate: Fate): void;
  /** Resolves when no connection is left. */
  left(): Promise<void>;
  /** Resolves when so many entries have come. */
  waitFor(count: number): Promise<void>;
}

const WRONG_TYPE = '-WRONGTYPE Operation against a key holding the wrong kind of value';

/** A Redis that knows a stream's script, as far as a producer needs it: https://redis.io/docs/latest/develop/reference/protocol-spec/ */
export async function startRedisDouble(): Promise<RedisDouble> {
  const sockets = new Set<Socket>();
  const state = {
    entries: [] as ReadonlyMap<string, string>[],
    tries: [] as { readonly key: string; readonly told: string }[],
    violations: [] as string[],
  };
  const seen = new Map<string, string>();
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let [came, hasOther] = [0, false];
  let planned: Fate | null = null;

  /** What the script does: it is tried on a real server. */
  function add([, , stream = '', memory = '', seconds = '', ...args]: readonly string[]): string {
    const star = args.indexOf('*');
    const fields = Object.fromEntries(
      Array.from({ length: (args.length - star - 1) / 2 }, (_, n) => args.slice(star + 1 + n * 2, star + 3 + n * 2)),
    );
    const { id = '', ...told } = fields as Record<string, string>;
    if (!/^MAXLEN,~,\d+$/.test(args.slice(0, star).join())) state.violations.push('no limit');
    if (memory !== `{${stream}}:seen:${id}` || id === '') state.violations.push(`key ${memory}`);
    if (Number(seconds) < 24 * 3_600) state.violations.push('forgotten within a day');
    state.tries.push({ key: id, told: Object.values(told).reduce((all, each) => `${all}\n${each}`, '') });
    const earlier = seen.get(memory);
    if (earlier !== undefined) return many([bulk(earlier), ':1\r\n']);
    state.entries.push(new Map(Object.entries(fields)));
    const at = `${state.entries.length}-0`;
    seen.set(memory, at);
    return many([bulk(at), ':0\r\n']);
  }

  /** Null: nothing; undefined: nor any more. */
  function answerTo(args: readonly string[]): string | null | undefined {
    if (args[0] !== 'eval') return null;
    const fate = planned;
    planned = null;
    came++;
    for (const { count, resolve } of waiting) if (came >= count) resolve();
    if (fate === 'wrong type') hasOther = true;
    if (hasOther) return `${WRONG_TYPE}\r\n`;
    if (fate === 'stranger') return '+OK\r\n';
    if (fate?.startsWith('-') === true) return `${fate}\r\n`;
    const answer = add(args.slice(1));
    if (fate === 'lost') return undefined;
    return fate === 'stuck' ? null : answer;
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => undefined);
    speak(socket, answerTo);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    ...state,
    url: `redis://tidings:${REDIS_PASSWORD}@127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    plan: (fate) => void (planned = fate),
    async left() {
      await Promise.all([...sockets].map((socket) => once(socket, 'close')));
    },
    async waitFor(count) {
      if (came >= count) return;
      await new Promise<void>((resolve) => waiting.push({ count, resolve }));
    },
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function bulk(text: string): string {
  return `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
}

function many(parts: readonly string[]): string {
  return `*${parts.length}\r\n${parts.join('')}`;
}

const INFO = 'maxmemory_policy:allkeys-lru\r\naof_enabled:0\r\n';

function speak(socket: Socket, answerTo: (args: readonly string[]) => string | null | undefined): void {
  let isKnown = false;
  const others: Readonly<Record<string, (args: readonly string[]) => string>> = {
    hello: (args) => {
      isKnown = args.at(-1) === REDIS_PASSWORD;
      return isKnown
        ? `%1\r\n${bulk('proto')}:3\r\n`
        : '-WRONGPASS invalid username-password pair or user is disabled.\r\n';
    },
    client: () => '+OK\r\n',
    type: () => '+stream\r\n',
    info: () => bulk(INFO),
  };
  inCommands(socket, (args) => {
    const name = args[0] ?? '';
    const other = others[name]?.(args);
    if (other !== undefined) return void socket.write(other);
    const answer = isKnown ? answerTo(args) : '-NOAUTH Authentication required.\r\n';
    if (answer === undefined) socket.destroy();
    else if (answer !== null) socket.write(answer);
  });
}

/** Each command, its name in small letters. */
function inCommands(socket: Socket, take: (args: readonly string[]) => void): void {
  const chunks: Buffer[] = [];
  let rest = Buffer.alloc(0);
  let missing = 0;

  /** From where on the command that begins there is over. Undefined: it is not whole. */
  function command(): { readonly args: readonly string[]; readonly end: number } | undefined {
    const args: string[] = [];
    let at = 0;
    const line = () => {
      const end = rest.indexOf('\r\n', at);
      const text = end < 0 ? undefined : rest.toString('utf8', at + 1, end);
      if (end >= 0) at = end + 2;
      return text;
    };
    const count = line();
    if (count === undefined) return undefined;
    while (args.length < Number(count)) {
      const size = line();
      if (size === undefined) return undefined;
      missing = at + Number(size) + 2 - rest.length;
      if (missing > 0) return undefined;
      args.push(rest.toString('utf8', at, at + Number(size)));
      at += Number(size) + 2;
    }
    return { args, end: at };
  }

  socket.on('data', (bytes: Buffer) => {
    chunks.push(bytes);
    missing -= bytes.length;
    if (missing > 0) return;
    rest = Buffer.concat([rest, ...chunks.splice(0)]);
    for (let next = command(); next !== undefined; next = command()) {
      rest = rest.subarray(next.end);
      take([next.args[0]?.toLowerCase() ?? '', ...next.args.slice(1)]);
    }
  });
}
