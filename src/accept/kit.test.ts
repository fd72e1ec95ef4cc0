import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import type { NewEvent } from '../model/event.ts';
import type { Appended, Intake } from '../model/inbox/intake.ts';
import type { Source } from '../model/source.ts';
import type { Telemetry } from '../model/telemetry.ts';
import { type Clock, systemClock } from '../shared/clock.ts';
import { createLog, type Logger } from '../shared/log.ts';
import { type Accept, createAccept } from './accept.ts';
import type { AcceptDeps } from './accept-deps.ts';

// What the tests of this folder share; it holds no tests itself.

export const SECRET = 'it is a test';

export function sign(body: string | Buffer, secret = SECRET): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

export function testSource(secrets: readonly string[] = [SECRET]): Source & { diagnosed: number } {
  return {
    name: 'test',
    provider: 'test',
    contentTypes: ['application/json', 'text/plain'],
    storedHeaders: ['content-type', 'x-test-id', 'x-absent'],
    diagnosed: 0,
    onceHeaders: ['x-test-signature', 'x-test-id'],
    bodies: 'unique',
    receive({ headers, body }) {
      const signature = headers['x-test-signature'];
      if (signature === undefined) return { kind: 'refused', cause: 'unsigned' };
      // A strict shape first: Buffer.from(…, 'hex') stops silently at the first other character.
      if (!/^[0-9a-f]{64}$/.test(signature)) return { kind: 'refused', cause: 'malformed_signature' };
      const given = Buffer.from(signature, 'hex');
      const index = secrets.findIndex((secret) => {
        const wanted = createHmac('sha256', secret).update(body).digest();
        return timingSafeEqual(wanted, given);
      });
      if (index === -1) return { kind: 'refused', cause: 'mismatch' };
      const id = headers['x-test-id'];
      const secretNo = index + 1;
      if (id === undefined) return { kind: 'unidentified', secretNo, missing: 'header X-Test-Id' };
      return { kind: 'event', deliveryId: id, guid: id, type: 'test', secretNo };
    },
    diagnose(_request, { cause }) {
      this.diagnosed += 1;
      return `likely cause of ${cause}`;
    },
    normalise: () => ({ kind: 'skip', reason: 'test' }),
  };
}

export interface MapIntake extends Intake {
  readonly events: Map<string, NewEvent>;
}

export function mapIntake(): MapIntake {
  const events = new Map<string, NewEvent>();
  const ids = new Map<string, number>();
  return {
    events,
    async append(event): Promise<Appended> {
      const seen = ids.get(event.deliveryId);
      if (seen !== undefined) return { status: 'duplicate', id: seen };
      // As a database does: the memory is gone after the answer.
      events.set(event.deliveryId, { ...event, body: Buffer.from(event.body) });
      ids.set(event.deliveryId, events.size);
      return { status: 'accepted', id: events.size };
    },
  };
}

/** Counts as `name label label` → times. */
export function countingTelemetry(): Telemetry & { readonly counts: Map<string, number> } {
  const counts = new Map<string, number>();
  const count = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  return {
    counts,
    received: (source, result) => count(`received ${source} ${result}`),
    verified: (source, secretNo) => count(`verified ${source} ${secretNo}`),
    appended: () => count('appended'),
    expanded: () => undefined,
    attempted: () => undefined,
    told: () => undefined,
    uncertain: () => undefined,
    settled: () => undefined,
    pruned: () => undefined,
    showedCard: () => undefined,
    listening: () => undefined,
  };
}

export interface LogLine {
  readonly msg: string;
  readonly level: number;
  readonly [key: string]: unknown;
}

export function capturedLog(): { readonly log: Logger; readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const log = createLog('info', { write: (line) => lines.push(JSON.parse(line) as LogLine) });
  return { log, lines };
}

/** A clock whose hands the test turns. */
export function handClock(start = Date.UTC(2030, 0, 1)): Clock & { advance(ms: number): void } {
  let now = start;
  const due: { at: number; fire: () => void }[] = [];
  return {
    now: () => now,
    monotonic: () => now,
    after(ms, fire) {
      const entry = { at: now + ms, fire };
      due.push(entry);
      return () => void due.splice(due.indexOf(entry), due.includes(entry) ? 1 : 0);
    },
    advance(ms) {
      now += ms;
      for (const entry of due.filter(({ at }) => at <= now)) {
        due.splice(due.indexOf(entry), 1);
        entry.fire();
      }
    },
  };
}

/** Accept with an inbox, counts and a log that can be looked into. */
export interface Opened {
  readonly accept: Accept;
  readonly intake: MapIntake;
  readonly counts: Map<string, number>;
  readonly lines: LogLine[];
  readonly source: ReturnType<typeof testSource>;
}

/** The same behind one of its edges; `send` is `fetch` with a path. */
export interface Mounted extends Opened {
  send(path: string, init: RequestInit): Promise<Response>;
}

export interface Bench extends Mounted {
  readonly url: string;
  readonly port: number;
  /** What the server has read from all its connections. */
  bytesRead(): number;
}

function opened(deps: Partial<AcceptDeps>): Opened {
  const source = testSource();
  const intake = mapIntake();
  const telemetry = countingTelemetry();
  const { log, lines } = capturedLog();
  const accept = createAccept({
    sources: new Map([['test', source]]),
    intake,
    telemetry,
    clock: systemClock,
    log,
    limits: { maxBodyBytes: 1024 * 1024, maxInFlightBytes: 4 * 1024 * 1024 },
    ...deps,
  });
  return { accept, intake, counts: telemetry.counts, lines, source };
}

/** Accept as a web-standard handler. */
export function mount(deps: Partial<AcceptDeps> = {}): Mounted {
  const { accept, ...rest } = opened(deps);
  return { accept, ...rest, send: (path, init) => accept.fetch(new Request(`http://localhost${path}`, init)) };
}

/** Accept behind a real node:http server on a free port, closed after the test. */
export async function serve(
  t: TestContext,
  deps: Partial<AcceptDeps> = {},
  serverOptions: ServerOptions = {},
): Promise<Bench> {
  const { accept, ...rest } = opened(deps);
  const server = createServer(serverOptions, (request, response) => void accept.handle(request, response));
  server.on('checkContinue', (request, response) => void accept.handle(request, response));
  const connections: Socket[] = [];
  server.on('connection', (socket) => connections.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    port,
    accept,
    ...rest,
    send: (path, init) => fetch(url + path, init),
    bytesRead: () => connections.reduce((sum, socket) => sum + socket.bytesRead, 0),
  };
}

/** What has one story has one suite: every case runs at both edges. */
export const EDGES: readonly {
  readonly name: string;
  readonly open: (t: TestContext, deps?: Partial<AcceptDeps>) => Promise<Mounted>;
}[] = [
  { name: 'node:http', open: serve },
  { name: 'fetch', open: async (_, deps) => mount(deps) },
];

/** The head of a signed POST up to the empty line; `length` may lie, null is chunked. */
export function head(length: number | null, signature = 'aa', extra: readonly string[] = []): string {
  const framing = length === null ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`;
  return [
    'POST /webhooks/test HTTP/1.1',
    'Host: localhost',
    'Content-Type: application/json',
    `X-Test-Signature: ${signature}`,
    'X-Test-Id: one',
    framing,
    ...extra,
    '\r\n',
  ].join('\r\n');
}

/** A bare socket: what was received so far is in `text`; `until` waits for it to match. */
export interface Wire {
  readonly socket: Socket;
  text(): string;
  until(pattern: RegExp): Promise<void>;
  closed(): Promise<void>;
  /** The error that ended it, such as ECONNRESET. */
  error(): Error | undefined;
}

export async function wire(t: TestContext, port: number): Promise<Wire> {
  const socket = connect({ port, host: '127.0.0.1' });
  let text = '';
  // A reset by the server is an expected end of a hostile sender.
  let failure: Error | undefined;
  socket.on('error', (error) => {
    failure = error;
  });
  // `once` of node:events would throw that error; 'close' always follows it.
  const next = (event: string) => new Promise<void>((resolve) => socket.once(event, () => resolve()));
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    socket.emit('more');
  });
  t.after(() => socket.destroy());
  await once(socket, 'connect');
  return {
    socket,
    text: () => text,
    error: () => failure,
    async until(pattern) {
      while (!pattern.test(text)) {
        if (socket.closed) throw new Error(`closed before ${pattern} came; got ${JSON.stringify(text)}`);
        await Promise.race([next('more'), next('close')]);
      }
    },
    async closed() {
      if (!socket.closed) await next('close');
    },
  };
}

/** Waits, turn by turn of the event loop, until it holds: for what a signal cannot tell (a counter of the server). */
export async function eventually(holds: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
