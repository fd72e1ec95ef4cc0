import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

export const NATS_PASSWORD = 'a-password-of-nobody';

/**
 * What becomes of the next message. `failing`: the stream is full; `final`: too large for it; `no stream`: as all after it; `leaderless`:
 * there is a stream, and nobody answers; `stranger`: somebody else does.
 */
export type Fate = 'failing' | 'final' | 'lost' | 'stuck' | 'no stream' | 'leaderless' | 'stranger';

export interface NatsDouble extends AsyncDisposable {
  readonly url: string;
  /** Bodies of what is stored. */
  readonly stored: readonly string[];
  readonly subjects: readonly string[];
  readonly headers: readonly string[];
  /** Of each message that came to the stream, its id and all the rest. */
  readonly tries: readonly { readonly key: string; readonly told: string }[];
  readonly violations: readonly string[];
  plan(fate: Fate): void;
  /** Resolves when no connection is left. */
  left(): Promise<void>;
  /** Resolves when so many messages have come. */
  waitFor(count: number): Promise<void>;
}

interface Publication {
  readonly subject: string;
  readonly reply: string;
  readonly headers: string;
  readonly body: string;
}

/** A stream on every subject that knows a message again, behind NATS's protocol: https://docs.nats.io/reference/reference-protocols/nats-protocol */
export async function startNatsDouble(): Promise<NatsDouble> {
  const sockets = new Set<Socket>();
  const state = {
    stored: [] as string[],
    subjects: [] as string[],
    headers: [] as string[],
    violations: [] as string[],
    tries: [] as { readonly key: string; readonly told: string }[],
  };
  const ids = new Map<string, number>();
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let [came, hasStream] = [0, true];
  let planned: Fate | null = null;

  function store({ subject, headers, body }: Publication): { readonly seq: number; readonly duplicate: boolean } {
    const id = /\r\nNats-Msg-Id: (\S+)\r\n/.exec(headers)?.[1] ?? '';
    if (id === '') state.violations.push('no message id');
    if (!/^[\w-]+(\.[\w-]+)*$/.test(subject)) state.violations.push(`subject ${subject}`);
    state.tries.push({ key: id, told: [subject, headers, body].join('\n') });
    const earlier = ids.get(id);
    if (earlier !== undefined) return { seq: earlier, duplicate: true };
    state.stored.push(body);
    state.subjects.push(subject);
    state.headers.push(headers);
    ids.set(id, state.stored.length);
    return { seq: state.stored.length, duplicate: false };
  }

  /** Null: no answer; undefined: nobody is there to answer. */
  function answer(publication: Publication, cut: () => void): object | null | undefined {
    const names = hasStream ? ['ACTIVITY'] : [];
    if (publication.subject === '$JS.API.STREAM.NAMES')
      return {
        type: 'io.nats.jetstream.api.v1.stream_names_response',
        total: names.length,
        offset: 0,
        limit: 1024,
        streams: names,
      };
    if (publication.subject === '$JS.API.STREAM.INFO.ACTIVITY')
      return { state: {}, config: { name: 'ACTIVITY', subjects: ['tidings.>'], duplicate_window: 120e9 } };
    const fate = planned;
    planned = null;
    came++;
    for (const { count, resolve } of waiting) if (came >= count) resolve();
    if (fate === 'failing') return refusal(503, 10_077, 'maximum messages exceeded');
    if (fate === 'final') return refusal(400, 10_054, 'message size exceeds maximum allowed');
    if (fate === 'stranger') return { ok: true };
    if (fate === 'no stream') hasStream = false;
    if (!hasStream || fate === 'leaderless') return undefined;
    const ack = { stream: 'ACTIVITY', ...store(publication) };
    if (fate === 'lost') cut();
    return fate === 'stuck' || fate === 'lost' ? null : ack;
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => undefined);
    speak(socket, answer);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    ...state,
    url: `nats://tidings:${NATS_PASSWORD}@127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
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

function refusal(code: number, errCode: number, description: string) {
  return { error: { code, err_code: errCode, description } };
}

const NOBODY = 'NATS/1.0 503\r\n\r\n';

function speak(socket: Socket, answer: (publication: Publication, cut: () => void) => object | null | undefined): void {
  let rest = Buffer.alloc(0);
  const waiting: Buffer[] = [];
  let missing = 0;
  const subscriptions = new Map<string, string>();
  let isKnown = false;
  const say = (text: string) => socket.write(text);

  function published(publication: Publication): void {
    const answered = answer(publication, () => socket.destroy());
    if (answered === null) return;
    const inbox = publication.reply.slice(0, publication.reply.lastIndexOf('.') + 1);
    const sid = subscriptions.get(`${inbox}*`) ?? subscriptions.get(publication.reply) ?? '';
    if (answered === undefined)
      return void say(`HMSG ${publication.reply} ${sid} ${NOBODY.length} ${NOBODY.length}\r\n${NOBODY}\r\n`);
    const body = JSON.stringify(answered);
    say(`MSG ${publication.reply} ${sid} ${Buffer.byteLength(body)}\r\n${body}\r\n`);
  }

  function command(line: string): void {
    const [verb = '', first = '', second = ''] = line.split(' ');
    if (verb === 'PING') say('PONG\r\n');
    if (verb === 'SUB') subscriptions.set(first, second);
    if (verb !== 'CONNECT') return;
    const { pass } = JSON.parse(line.slice(8)) as { readonly pass?: string };
    isKnown = pass === NATS_PASSWORD;
    if (!isKnown) socket.end("-ERR 'Authorization Violation'\r\n");
  }

  /** The next command is whole. */
  function next(): boolean {
    const end = rest.indexOf('\r\n');
    if (end < 0) return false;
    const line = rest.toString('utf8', 0, end);
    const [, verb, subject = '', reply = '', sizes = ''] = /^(H?PUB) (\S+) (\S+) ([\d ]+)$/.exec(line) ?? [];
    const size = Number(sizes.split(' ').at(-1));
    missing = verb === undefined ? 0 : end + 2 + size + 2 - rest.length;
    if (missing > 0) return false;
    const payload = rest.subarray(end + 2, end + 2 + size);
    rest = rest.subarray(verb === undefined ? end + 2 : end + 2 + size + 2);
    if (verb === undefined) command(line);
    else {
      const head = verb === 'HPUB' ? Number(sizes.split(' ')[0]) : 0;
      published({ subject, reply, headers: payload.toString('utf8', 0, head), body: payload.toString('utf8', head) });
    }
    return true;
  }

  // Of the server's settings, 1 MiB by default and 64 MiB at most; the suite's longest texts are longer.
  say(
    'INFO {"server_id":"double","version":"2.10.0","proto":1,"headers":true,"auth_required":true,"max_payload":67108864}\r\n',
  );
  socket.on('data', (bytes: Buffer) => {
    waiting.push(bytes);
    missing -= bytes.length;
    if (missing > 0) return;
    rest = Buffer.concat([rest, ...waiting.splice(0)]);
    while (next());
  });
}
