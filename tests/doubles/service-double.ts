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
  /** Where posts are noted that come although it was said that none may. */
  readonly violations: string[];
}

/** What may be asked after which answer: nothing within the time that a 429 gave, nor in the same breath where nothing can arrive. */
export function manners(violations: string[]) {
  let restsUntil = 0;
  let gone: string | null = null;
  return {
    asked(at: number): void {
      if (at < restsUntil) violations.push(`a post ${Math.round(restsUntil - at)} ms before it may`);
      if (gone !== null) violations.push(`a post right after ${gone}`);
      gone = null;
    },
    answered({ status, headers = {} }: Pick<Answer, 'status' | 'headers'>, at: number): void {
      if (status === 429) restsUntil = at + Number(headers['retry-after'] ?? 3) * 1000;
      if ([401, 403, 404, 410].includes(status)) gone = String(status);
    },
  };
}

/** A service that takes JSON, on a port of this machine. */
export async function startServiceDouble({ answer, isPost, violations }: Service): Promise<ServiceDouble> {
  const requests: string[] = [];
  const plans: ServicePlan[] = [];
  const watchers = new Set<() => void>();
  const { asked: comes, answered: told } = manners(violations);
  let posts = 0;
  const server = createServer((incoming, response) => {
    readText(incoming)
      .then((body) => {
        const { method = '', headers } = incoming;
        const url = new URL(incoming.url ?? '/', 'http://service');
        const asked = { method, url, headers, json: jsonIn(body) };
        if (isPost(asked)) comes(performance.now());
        const plan = isPost(asked) ? plans.shift() : undefined;
        if (typeof plan === 'object') told(plan, performance.now());
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
