import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../shared/clock.ts';
import type { ApiDeps } from './api-deps.ts';
import { answerClientErrors } from './client-error.ts';
import { boundConnections } from './connections.ts';
import { prefixOf, withoutPrefix } from './door/prefix.ts';
import { type Forwards, watchForwards } from './forwards.ts';
import { takeWholeRequests, type WholeHandler } from './whole-requests.ts';

/** Answers `/webhooks/…`: the accept stage. */
export interface WebhookHandler {
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
  /** The same for what came in one piece. Never rejects. */
  readonly handleWhole?: WholeHandler | undefined;
}

export interface ServerOptions extends Pick<ApiDeps, 'clock' | 'log'> {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly limits?: Partial<ServerLimits> | undefined;
}

/** What requests are for. */
export interface ServerDeps extends Omit<ApiDeps, 'access' | 'closing'> {
  readonly accept: WebhookHandler;
  /** For what the whole internet reaches: all but `/webhooks/…` and `/healthz` is 404, whoever asks. */
  readonly onlyWebhooks?: true | undefined;
}

export interface ServerLimits {
  /** All headers must be here. */
  readonly headersMs: number;
  /** The whole request must be here: 25 MiB at 7 Mbit/s. GitHub gives up after 10 s by itself. */
  readonly requestMs: number;
  /** How often both are checked. */
  readonly checkMs: number;
  /** Longer than the 60 s of common load balancers, which would else reuse a connection that is just being closed. */
  readonly keepAliveMs: number;
  /** After `stop`, for requests in hand. */
  readonly drainMs: number;
  /** Open at once; an idle one costs about 10 kB. One more takes the place of the one that kept us waiting longest. */
  readonly connections: number;
}

const LIMITS: ServerLimits = {
  headersMs: 10_000,
  requestMs: 30_000,
  checkMs: 1_000,
  keepAliveMs: 65_000,
  drainMs: 5_000,
  connections: 2_000,
};
/** Connections that wait while we are busy: more, and the kernel lets senders try again a second later. */
const BACKLOG = 4_096;
const MAX_HEADER_BYTES = 16 * 1024;
/** More are left out: each costs a hundred times its bytes. GitHub and a row of proxies send some forty. */
const MAX_HEADERS = 200;
/** How soon after its last answer a kept connection is noticed while stopping. */
const IDLE_CHECK_MS = 25;

/** What a person can mend: a port in use, a host that is not ours. The message says how. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

export interface HttpServer {
  /** Takes the port. Requests wait until `serve`. @throws ListenError */
  start(): Promise<{ readonly url: string; readonly port: number }>;
  /** Once only. */
  serve(deps: ServerDeps): void;
  /** Takes no more connections, finishes the requests in hand (for `drainMs` at most), closes all. Idempotent. */
  stop(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * One port: `/webhooks/…` goes to accept, everything else to the API. It can be taken before there is a database to serve
 * from, so that whoever finds it taken has opened, made and migrated nothing.
 */
export function createServer(options: ServerOptions): HttpServer {
  const { clock, log } = options;
  const limits = { ...LIMITS, ...options.limits };
  const server = createHttpServer({
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: limits.checkMs,
    keepAliveTimeout: limits.keepAliveMs,
    maxHeaderSize: MAX_HEADER_BYTES,
    noDelay: true,
  });
  server.maxHeadersCount = MAX_HEADERS;
  // A sender that closes its half after its request is answered all the same.
  Object.assign(server, { httpAllowHalfOpen: true });
  const connections = boundConnections(server, limits.connections, clock, log);
  answerClientErrors(server, connections);
  const whole = takeWholeRequests(server, connections, clock, limits.keepAliveMs);

  const waiting: Parameters<Handler>[] = [];
  let handler: Handler | undefined;
  let stopping: Promise<void> | undefined;
  const closing = new AbortController();

  const onRequest: Handler = (request, response) => {
    if (!connections.heard(request, response)) return;
    if (stopping !== undefined) response.shouldKeepAlive = false;
    if (handler === undefined) waiting.push([request, response]);
    else handler(request, response);
  };
  // 'checkContinue' replaces 'request' for a sender that asks before it sends its body, 'checkExpectation' for one that
  // expects anything else: unheard, it would be answered any number of times.
  server.on('request', onRequest).on('checkContinue', onRequest).on('checkExpectation', onRequest);
  // Without a listener an 'error' (no file descriptors left, for one) would end the process; the server itself goes on.
  server.on('error', (error) => {
    if (server.listening) log.error({ err: error }, `a connection could not be taken: ${error.message}`);
  });

  return {
    async start() {
      await listen(server, options);
      const { port } = server.address() as AddressInfo;
      return { url: `http://${urlHost(options.host)}:${port}`, port };
    },
    serve(deps) {
      const forwards = watchForwards(deps);
      handler = handlerOf({ ...deps, closing: closing.signal }, forwards);
      if (deps.accept.handleWhole !== undefined) {
        whole.use(wholeHandlerOf(deps, forwards, deps.accept.handleWhole), prefixOf(deps.publicUrl));
      }
      for (const asked of waiting.splice(0)) handler(...asked);
    },
    stop() {
      whole.stop();
      // Open pages would be waited for until the drain is over.
      closing.abort();
      stopping ??= drain(server, clock, handler === undefined ? 0 : limits.drainMs);
      return stopping;
    },
  };
}

function wholeHandlerOf({ onlyWebhooks }: ServerDeps, forwards: Forwards, handle: WholeHandler): WholeHandler {
  return (request) => {
    if (!onlyWebhooks) forwards.notice({ remoteAddress: request.from, headers: request.headers });
    return handle(request);
  };
}

function handlerOf(deps: ServerDeps & Pick<ApiDeps, 'closing'>, forwards: Forwards): Handler {
  let api: Promise<(request: IncomingMessage, response: ServerResponse) => Promise<void>> | undefined;
  const loadApi = () => (api ??= importApi({ ...deps, access: forwards.words }));
  // 60–100 ms of loading that neither start-up nor the first webhook should wait for.
  if (!deps.onlyWebhooks) setImmediate(() => void loadApi().catch(() => undefined));
  const prefix = prefixOf(deps.publicUrl);
  return (request, response) => {
    // From here on paths are what they are without it.
    if (prefix !== '') request.url = withoutPrefix(request.url ?? '/', prefix);
    // A tunnel of ours leads to webhooks alone.
    if (!deps.onlyWebhooks) forwards.notice({ remoteAddress: request.socket.remoteAddress, headers: request.headers });
    if (request.url?.startsWith('/webhooks/')) {
      void deps.accept.handle(request, response);
      return;
    }
    if (deps.onlyWebhooks) {
      answerWithoutApi(request, response);
      return;
    }
    loadApi()
      .then((listener) => listener(request, response))
      .catch((error: unknown) => {
        deps.log.error({ err: error }, 'the API could not answer');
        response.destroy();
      });
  };
}

/** The API is not behind this port at all: there is nothing to be let into. */
function answerWithoutApi({ url, method }: IncomingMessage, response: ServerResponse): void {
  const isHealth = url === '/healthz' && (method === 'GET' || method === 'HEAD');
  response.writeHead(isHealth ? 200 : 404, { 'content-type': 'application/json', 'x-content-type-options': 'nosniff' });
  response.end(
    isHealth ? '{"status":"ok"}' : '{"error":{"code":"not_found","message":"Only webhooks are taken here."}}',
  );
}

async function importApi(deps: ApiDeps) {
  const [{ getRequestListener }, { createApi }] = await Promise.all([import('@hono/node-server'), import('./api.ts')]);
  const app = createApi(deps);
  // The globals stay as they are: outbound requests use them too.
  return getRequestListener(app.fetch, { overrideGlobalObjects: false });
}

async function listen(server: Server, { host, port }: ServerOptions): Promise<void> {
  server.listen({ port, host, backlog: BACKLOG });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new ListenError(listenProblem(error, host, port), { cause: error });
  }
}

function listenProblem(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} is in use by another program: stop it, or choose another port with PORT=${port === 65_535 ? port - 1 : port + 1}`;
    case 'EACCES':
      return `port ${port} needs more rights than this process has: choose one above 1023 with PORT=3000`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine: set HOST=127.0.0.1 (this machine only) or HOST=0.0.0.0 (all)`;
    default:
      return `cannot listen on ${host}:${port}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function drain(server: Server, clock: Clock, drainMs: number): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // Node closes idle connections once, in close(); those that finish later would be kept for `keepAliveMs`.
  let cancelIdle = (): void => undefined;
  const closeIdle = (): void => {
    server.closeIdleConnections();
    cancelIdle = clock.after(IDLE_CHECK_MS, closeIdle);
  };
  closeIdle();
  const cancelDrain = clock.after(drainMs, () => server.closeAllConnections());
  await closed;
  cancelIdle();
  cancelDrain();
}

/** What a person can open: nobody browses to 0.0.0.0. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '127.0.0.1') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
