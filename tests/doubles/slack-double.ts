import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { PATIENCE_MS } from '../support/patience.ts';
import { checkPayload, type SlackPayload } from './slack-rules.ts';

export interface SlackDoubleOptions {
  /** One message a second per path, otherwise 429 with `Retry-After: 1`. Default true. */
  readonly enforceRate?: boolean | undefined;
  /** Least spacing on one path, ms. Default 1,000. */
  readonly intervalMs?: number | undefined;
  /** Every answer closes its connection, so that every message makes one. Default false. */
  readonly closing?: boolean | undefined;
}

/** A message that Slack would have shown. */
export interface ReceivedMessage {
  readonly path: string;
  /** Milliseconds since 1970 with fractions, on a monotonic clock: when the request's headers had arrived. */
  readonly at: number;
  readonly text: string;
  readonly payload: SlackPayload;
  /** True when it was posted but the sender never heard so (`hangNext`, `dropNext`). */
  readonly answerLost: boolean;
}

/** A request that breaks a documented rule: too early, or not a valid message. */
export interface Violation {
  readonly path: string;
  readonly at: number;
  readonly rule: 'rate' | 'payload';
  readonly why: string;
}

export interface FailureAnswer {
  readonly status: number;
  readonly body?: string | undefined;
  readonly retryAfter?: string | number | undefined;
}

type Plan = { readonly kind: 'fail'; readonly answer: FailureAnswer } | { readonly kind: 'hang' | 'drop' };

export interface SlackDouble extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** A webhook URL; each path is a channel of its own. */
  webhookUrl(path?: string): string;
  readonly messages: readonly ReceivedMessage[];
  readonly violations: readonly Violation[];
  /** All requests, the refused ones included. */
  readonly requests: number;
  /** Paths of the requests whose JSON is exactly `{"text":""}`: whether the webhook lives is asked without a message. */
  readonly probes: readonly string[];
  /** All connections, those that brought no request included. */
  readonly connections: number;
  /** Called for every connection, before anything has been read from it. */
  onConnected: (() => void) | undefined;
  /** The next `count` valid requests on `path` get this answer and are not posted. */
  failNext(path: string, count: number, answer: FailureAnswer): void;
  /** The next `count` messages on `path` are posted but never answered. */
  hangNext(path: string, count?: number): void;
  /** The next `count` messages on `path` are posted, then the connection breaks before the answer. */
  dropNext(path: string, count?: number): void;
  /**
   * Resolves as soon as so many messages have arrived, or the predicate holds over all messages.
   * Rejects after `timeoutMs` (default `PATIENCE_MS`) saying what did arrive.
   */
  waitFor(
    wanted: number | ((messages: readonly ReceivedMessage[]) => boolean),
    timeoutMs?: number,
  ): Promise<readonly ReceivedMessage[]>;
  /** Idempotent. Breaks open connections. */
  close(): Promise<void>;
}

export const DEFAULT_PATH = '/services/T0000/B0000/tidings';

/** Timers may fire a little early and event loops jitter: what is closer than this to the limit keeps it. */
const TOLERANCE_MS = 5;

/**
 * A server that holds senders to what Slack documents for incoming webhooks. It posts nothing anywhere. An empty text is
 * answered `no_text` by a live webhook, and a dead one says so first:
 * https://github.com/trufflesecurity/trufflehog/blob/main/pkg/detectors/slackwebhook/slackwebhook.go
 */
export async function startSlackDouble(options: SlackDoubleOptions = {}): Promise<SlackDouble> {
  const enforceRate = options.enforceRate ?? true;
  const intervalMs = options.intervalMs ?? 1000;
  const messages: ReceivedMessage[] = [];
  const violations: Violation[] = [];
  const probes: string[] = [];
  const plans = new Map<string, Plan[]>();
  const lastPost = new Map<string, number>();
  const watchers = new Set<() => void>();
  let requests = 0;
  let connections = 0;

  const server = createServer((incoming, response) => {
    const at = performance.timeOrigin + performance.now();
    requests++;
    // A sender that breaks off in mid-body has posted nothing.
    receive(incoming, response, at).catch(() => response.destroy());
  });

  server.maxRequestsPerSocket = options.closing ? 1 : 0;
  server.on('connection', () => {
    connections++;
    double.onConnected?.();
  });

  async function receive(incoming: IncomingMessage, response: ServerResponse, at: number): Promise<void> {
    const path = incoming.url ?? '/';
    const body = await readText(incoming);
    if (incoming.method !== 'POST') return answer(response, { status: 405, body: 'method_not_allowed' });
    if (body === '{"text":""}' && incoming.headers['content-type']?.startsWith('application/json')) {
      probes.push(path);
      const plan = plans.get(path)?.shift();
      return answer(response, plan?.kind === 'fail' ? plan.answer : { status: 400, body: 'no_text' });
    }
    const checked = checkPayload(incoming.headers['content-type'], body);
    if ('why' in checked) {
      violations.push({ path, at, rule: 'payload', why: checked.why });
      return answer(response, checked);
    }
    const plan = plans.get(path)?.shift();
    if (plan?.kind === 'fail') return answer(response, plan.answer);
    const spacing = at - (lastPost.get(path) ?? Number.NEGATIVE_INFINITY);
    if (enforceRate && spacing < intervalMs - TOLERANCE_MS) {
      violations.push({ path, at, rule: 'rate', why: `${spacing.toFixed(1)} ms after the message before` });
      return answer(response, { status: 429, body: 'rate_limited', retryAfter: 1 });
    }
    lastPost.set(path, at);
    messages.push({ path, at, text: checked.text ?? '', payload: checked, answerLost: plan !== undefined });
    if (plan?.kind === 'drop') response.destroy();
    else if (plan === undefined) answer(response, { status: 200, body: 'ok' });
    for (const look of watchers) look();
  }

  function planNext(path: string, count: number, plan: Plan): void {
    const queue = plans.get(path) ?? [];
    for (let i = 0; i < count; i++) queue.push(plan);
    plans.set(path, queue);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    return closing;
  };

  const double: SlackDouble = {
    url,
    onConnected: undefined,
    webhookUrl: (path = DEFAULT_PATH) => url + path,
    messages,
    violations,
    probes,
    get connections() {
      return connections;
    },
    get requests() {
      return requests;
    },
    failNext: (path, count, failure) => planNext(path, count, { kind: 'fail', answer: failure }),
    hangNext: (path, count = 1) => planNext(path, count, { kind: 'hang' }),
    dropNext: (path, count = 1) => planNext(path, count, { kind: 'drop' }),
    waitFor: (wanted, timeoutMs = PATIENCE_MS) => {
      const holds = typeof wanted === 'number' ? () => messages.length >= wanted : () => wanted(messages);
      return watch(holds, watchers, timeoutMs, messages);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
  return double;
}

function answer(response: ServerResponse, { status, body, retryAfter }: FailureAnswer): void {
  if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
  response.writeHead(status, { 'content-type': 'text/html' }).end(body ?? '');
}

function watch(
  holds: () => boolean,
  watchers: Set<() => void>,
  timeoutMs: number,
  messages: readonly ReceivedMessage[],
): Promise<readonly ReceivedMessage[]> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      watchers.delete(look);
      clearTimeout(timer);
      settle();
    };
    const look = () => {
      if (holds()) finish(() => resolve(messages));
    };
    const timer = setTimeout(() => {
      const seen = messages.slice(-5).map((message) => `\n  ${message.path} ${message.text}`);
      finish(() => reject(new Error(`not there after ${timeoutMs} ms; ${messages.length} messages${seen.join('')}`)));
    }, timeoutMs);
    watchers.add(look);
    look();
  });
}
