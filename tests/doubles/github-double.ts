import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PATIENCE_MS } from '../support/patience.ts';
import { waitUntil } from './wait-until.ts';

export interface GithubDoubleOptions {
  /** Only this token is believed; any other is answered 401. Null (default): nobody is asked for one. */
  readonly token?: string | null;
  /** Requests an hour. Default 5,000. */
  readonly limit?: number;
  /** Seconds until the limit's window ends. Default 3,600. */
  readonly windowS?: number;
  /** `X-Poll-Interval` of the Events API, seconds. Default 60. */
  readonly pollIntervalS?: number;
}

/** One request as it was answered. */
export interface LoggedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly status: number;
  /** Requests left in the window, after this one. */
  readonly remaining: number;
}

export interface Refusal {
  readonly status: number;
  readonly message?: string;
  /** Such as `retry-after` or `x-ratelimit-reset`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Further paths. Returns false for what is not its own; asked before the double's own paths, after token and limit. */
export type Mounted = (request: IncomingMessage, response: ServerResponse, url: URL) => boolean | Promise<boolean>;

export interface GithubDouble extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`: what GITHUB_API_URL is set to. */
  readonly url: string;
  readonly requests: readonly LoggedRequest[];
  readonly rate: { limit: number; used: number; resetAt: number };
  /** Answers GET on this path with a list, newest first, in pages (`per_page`, 30 by default; `page`). */
  list(path: string, items: () => readonly unknown[], extra?: Readonly<Record<string, string>>): void;
  /** Answers GET on this path with one object. Null: 404 from now on. */
  resource(path: string, body: unknown): void;
  /** Adds to the front of a repository's Events API list, of which GitHub keeps 300. */
  publish(repo: string, ...events: readonly unknown[]): void;
  /** The next `count` requests that are not 304 get this answer. It uses up nothing. */
  refuseNext(count: number, refusal: Refusal): void;
  mount(handler: Mounted): void;
  /** Resolves when it holds over all requests so far; rejects after `timeoutMs` (default `PATIENCE_MS`) with what was asked. */
  waitFor(holds: (requests: readonly LoggedRequest[]) => boolean, timeoutMs?: number): Promise<void>;
}

const DOCS = 'https://docs.github.com/rest';
const EVENTS_KEPT = 300;

/**
 * A server that follows GitHub's documented rules: a 304 to a right ETag uses up no request, everything else does; at the
 * limit it answers 403 until the window ends; lists come in pages with `Link`.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export async function startGithubDouble(options: GithubDoubleOptions = {}): Promise<GithubDouble> {
  const { token = null, limit = 5_000, windowS = 3_600, pollIntervalS = 60 } = options;
  const rate = { limit, used: 0, resetAt: inSeconds(windowS) };
  const requests: LoggedRequest[] = [];
  const watchers = new Set<() => void>();
  const resources = new Map<string, () => { readonly body: unknown; readonly headers: Record<string, string> }>();
  const lists = new Map<string, { items: () => readonly unknown[]; extra: Readonly<Record<string, string>> }>();
  const events = new Map<string, unknown[]>();
  const refusals: Refusal[] = [];
  const mounted: Mounted[] = [];

  const server = createServer((request, response) => {
    response.on('finish', () => {
      const { method = 'GET', url: path = '/' } = request;
      const remaining = Math.max(0, rate.limit - rate.used);
      requests.push({ method, path, at: Date.now(), status: response.statusCode, remaining });
      for (const look of watchers) look();
    });
    answer(request, response).catch((error: unknown) => send(response, 500, { message: String(error) }));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    if (Date.now() >= rate.resetAt * 1000) Object.assign(rate, { used: 0, resetAt: inSeconds(windowS) });
    if (!request.headers['user-agent']) return send(response, 403, problem('Request forbidden: no User-Agent header'));
    const given = /^(?:bearer|token) (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token !== null && given !== undefined && given !== token)
      return send(response, 401, problem('Bad credentials'));
    const found = request.method === 'GET' && (token === null || given === token) ? look(url) : undefined;
    const refusal = refusals.shift();
    if (refusal !== undefined) return refuse(response, refusal);
    const etag = found && etagOf(found.body);
    if (found && etag === request.headers['if-none-match'])
      return send(response, 304, null, { ...found.headers, etag: etag ?? '' });
    if (rate.used >= rate.limit) return refuse(response, { status: 403, message: 'API rate limit exceeded' });
    rate.used += 1;
    for (const handler of mounted) if (await handler(decorated(request, response), response, url)) return;
    if (found === undefined) return send(response, 404, problem('Not Found'));
    return send(response, 200, found.body, { ...found.headers, etag: etag ?? '' });
  }

  function decorated(request: IncomingMessage, response: ServerResponse): IncomingMessage {
    for (const [name, value] of Object.entries(rateHeaders(rate))) response.setHeader(name, value);
    return request;
  }

  function look(url: URL): { readonly body: unknown; readonly headers: Record<string, string> } | undefined {
    const list = lists.get(url.pathname);
    if (list !== undefined) return page(url, list.items(), list.extra);
    return resources.get(url.pathname)?.();
  }

  function refuse(response: ServerResponse, { status, message = 'Refused', headers = {} }: Refusal): void {
    send(response, status, problem(message), headers);
  }

  function send(
    response: ServerResponse,
    status: number,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ) {
    const type = body === null ? {} : { 'content-type': 'application/json; charset=utf-8' };
    response.writeHead(status, { ...rateHeaders(rate), ...type, ...headers });
    response.end(body === null ? undefined : JSON.stringify(body));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const list: GithubDouble['list'] = (path, items, extra = {}) => void lists.set(path, { items, extra });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    rate,
    list,
    resource: (path, body) => {
      if (body === null) resources.delete(path);
      else resources.set(path, () => ({ body, headers: {} }));
    },
    publish(repo, ...fresh) {
      const path = `/repos/${repo}/events`;
      const all = events.get(path) ?? [];
      events.set(path, [...fresh.toReversed(), ...all].slice(0, EVENTS_KEPT));
      list(path, () => events.get(path) ?? [], { 'x-poll-interval': String(pollIntervalS) });
    },
    refuseNext: (count, refusal) => void refusals.push(...Array.from({ length: count }, () => refusal)),
    mount: (handler) => void mounted.push(handler),
    waitFor: (holds, timeoutMs = PATIENCE_MS) =>
      waitUntil(
        () => holds(requests),
        watchers,
        timeoutMs,
        () => requests.map(({ status, path }) => `${status} ${path}`),
      ),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function page(url: URL, items: readonly unknown[], extra: Readonly<Record<string, string>>) {
  const size = Math.min(100, Number(url.searchParams.get('per_page') ?? 30));
  const number = Number(url.searchParams.get('page') ?? 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const linkTo = (to: number, rel: string) => {
    const target = new URL(url);
    target.searchParams.set('page', String(to));
    return `<${target.href}>; rel="${rel}"`;
  };
  const links = number < last ? [linkTo(number + 1, 'next'), linkTo(last, 'last')] : [];
  const link: Record<string, string> = links.length > 0 ? { link: links.join(', ') } : {};
  return { body: items.slice((number - 1) * size, number * size), headers: { ...extra, ...link } };
}

function problem(message: string): object {
  return { message, documentation_url: DOCS };
}

function rateHeaders({ limit, used, resetAt }: GithubDouble['rate']): Record<string, string> {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(Math.max(0, limit - used)),
    'x-ratelimit-used': String(used),
    'x-ratelimit-reset': String(resetAt),
    'x-ratelimit-resource': 'core',
  };
}

function etagOf(body: unknown): string {
  return `W/"${createHash('sha256').update(JSON.stringify(body)).digest('hex')}"`;
}

function inSeconds(seconds: number): number {
  return Math.ceil(Date.now() / 1000) + seconds;
}
