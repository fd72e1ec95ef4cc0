import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { PATIENCE_MS } from '../support/patience.ts';
import { waitUntil } from './wait-until.ts';

export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** Undefined: no JSON. */
  readonly json: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer in the place of what would be done; or done, and the connection breaks; or done, and never answered. */
export type ServicePlan = Answer | 'drop' | 'hang';

export interface ServiceDouble extends AsyncDisposable {
  readonly origin: string;
  /** `POST /bot/sendMessage 200`, in order. */
  readonly requests: readonly string[];
  /** How the next posts end. */
  plan(...plans: readonly ServicePlan[]): void;
  /** Resolves when so many posts have come. */
  waitFor(count: number): Promise<void>;
}

export interface Service {
  /** Does what is asked. */
  answer(asked: Asked): Answer;
  /** Whether it is a post, which plans are for. */
  isPost(asked: Asked): boolean;
}

/** A service that takes JSON, on a port of this machine. */
export async function startServiceDouble({ answer, isPost }: Service): Promise<ServiceDouble> {
  const requests: string[] = [];
  const plans: ServicePlan[] = [];
  const watchers = new Set<() => void>();
  let posts = 0;
  const server = createServer((incoming, response) => {
    readText(incoming)
      .then((body) => {
        const { method = '', headers } = incoming;
        const url = new URL(incoming.url ?? '/', 'http://service');
        const asked = { method, url, headers, json: jsonIn(body) };
        const plan = isPost(asked) ? plans.shift() : undefined;
        const answered = typeof plan === 'object' ? plan : answer(asked);
        requests.push(`${method} ${url.pathname} ${answered.status}`);
        if (isPost(asked)) posts++;
        for (const look of watchers) look();
        if (plan === 'drop') response.destroy();
        else if (plan !== 'hang') send(response, answered);
      })
      // A sender that is killed in mid-body has told nothing.
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    plan: (...next) => void plans.push(...next),
    waitFor: (count) =>
      waitUntil(
        () => posts >= count,
        watchers,
        PATIENCE_MS,
        () => requests,
      ),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, { status, body = {}, headers = {} }: Answer): void {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json', ...headers });
  response.end(isText ? body : JSON.stringify(body));
}
