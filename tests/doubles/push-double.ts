import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { PATIENCE_MS } from '../support/patience.ts';
import { manners } from './service-double.ts';
import { waitUntil } from './wait-until.ts';

type Json = Readonly<Record<string, unknown>>;

/** A refusal; or told, and the connection breaks; or told, and never answered. */
export type PushPlan =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | 'drop'
  | 'hang';

export interface PushDouble extends AsyncDisposable {
  readonly url: string;
  /** Of the server, without a slash at the end. */
  readonly origin: string;
  readonly messages: readonly Json[];
  /** `POST / 200` */
  readonly requests: readonly string[];
  /** Messages that would not be shown as they should. */
  readonly violations: readonly string[];
  /** How the next requests end; what is not planned is answered as the service would. */
  plan(...plans: readonly PushPlan[]): void;
  /** Resolves when so many were told. */
  waitFor(count: number): Promise<void>;
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface PushService {
  /** Behind the origin. */
  readonly path: string;
  /** `told`: a message that is shown. */
  answer(asked: Asked): { readonly status: number; readonly body: unknown; readonly told?: Json };
  faultsOf(message: Json): readonly string[];
}

/** A server that takes one message a request, as JSON. */
export async function startPushDouble({ path, answer, faultsOf }: PushService): Promise<PushDouble> {
  const messages: Json[] = [];
  const requests: string[] = [];
  const violations: string[] = [];
  const { asked: comes, answered } = manners(violations);
  const plans: PushPlan[] = [];
  const watchers = new Set<() => void>();
  const server = createServer((request, response) => {
    readText(request)
      .then((body) => {
        comes(performance.now());
        const plan = plans.shift();
        if (typeof plan === 'object') answered(plan, performance.now());
        const { method = '', url = '', headers } = request;
        const {
          status,
          body: says,
          told,
        } = typeof plan === 'object'
          ? { body: '', told: undefined, ...plan }
          : answer({ method, path: url, headers, body });
        requests.push(`${method} ${url} ${status}`);
        if (told) messages.push(told);
        if (told) violations.push(...faultsOf(told));
        for (const look of watchers) look();
        if (plan === 'hang') return;
        if (plan === 'drop') return void response.destroy();
        const text = typeof says === 'string' ? says : JSON.stringify(says);
        response.writeHead(status, typeof plan === 'object' ? plan.headers : {}).end(text);
      })
      // A sender that is killed in mid-body has told nothing.
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: origin + path,
    origin,
    messages,
    requests,
    violations,
    plan: (...next) => void plans.push(...next),
    waitFor: (count) =>
      waitUntil(
        () => messages.length >= count,
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
