import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { waitUntil } from './wait-until.ts';

export interface SmeeDouble extends AsyncDisposable {
  readonly url: string;
  /** Channels given out by /new. */
  readonly made: readonly string[];
  /** Headers of every listener so far, in order. */
  readonly listeners: readonly IncomingMessage['headers'][];
  /** Ends every stream, as a restart of smee does. */
  drop(): void;
  /** Resolves when so many have listened. */
  listened(count: number): Promise<void>;
}

/**
 * https://github.com/probot/smee.io: /new redirects to a channel; a GET that does not want HTML listens; a POST is parsed as
 * JSON or a form, and told to every listener as `{ ...headers, body, query, timestamp }`, and answered 200 in any case.
 */
export async function startSmeeDouble(): Promise<SmeeDouble> {
  const made: string[] = [];
  const listeners: IncomingMessage['headers'][] = [];
  const streams = new Map<ServerResponse, string>();
  const watchers = new Set<() => void>();
  let nextId = 0;

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', url());
    if (incoming.method === 'GET' && pathname === '/new') {
      const channel = `${url()}/${randomBytes(12).toString('hex')}`;
      made.push(channel);
      response.writeHead(307, { location: channel }).end();
      return;
    }
    if (incoming.method === 'GET') {
      listen(incoming, response, pathname);
      return;
    }
    const body = parsed(incoming.headers['content-type'] ?? '', await text(incoming));
    const message = { ...incoming.headers, body, query: Object.fromEntries(searchParams), timestamp: Date.now() };
    for (const [stream, channel] of streams) if (channel === pathname) send(stream, null, message);
    response.writeHead(200).end();
  }

  function listen({ headers }: IncomingMessage, response: ServerResponse, pathname: string): void {
    if (headers.accept !== 'text/event-stream') {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>');
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
    streams.set(response, pathname);
    response.on('close', () => streams.delete(response));
    send(response, 'ready', {});
    send(response, 'ping', {});
    listeners.push(headers);
    for (const look of watchers) look();
  }

  function send(stream: ServerResponse, event: string | null, data: unknown): void {
    stream.write(`id: ${nextId++}\n${event === null ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`);
  }

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch(() => response.writeHead(400).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url(),
    made,
    listeners,
    drop: () => {
      for (const stream of streams.keys()) stream.destroy();
    },
    listened: (count) =>
      waitUntil(
        () => listeners.length >= count,
        watchers,
        10_000,
        () => listeners.map(() => 'a listener'),
      ),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What Express makes of it. */
function parsed(contentType: string, body: string): unknown {
  if (contentType.startsWith('application/json')) return JSON.parse(body);
  if (contentType.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(body));
  return {};
}
