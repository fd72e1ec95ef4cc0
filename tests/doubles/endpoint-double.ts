import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { PATIENCE_MS } from '../support/patience.ts';
import { waitUntil } from './wait-until.ts';

/** One request that an `http` destination made. */
export interface Told {
  /** `webhook-id`: the same at every try of one notification. */
  readonly id: string;
  readonly kind: string;
  readonly eventId: number;
  readonly title: string;
}

export interface EndpointFailure {
  readonly status: number;
  readonly text?: string;
  /** In seconds. */
  readonly retryAfter?: number;
}

export interface EndpointDouble extends AsyncDisposable {
  readonly url: string;
  /** In the order of arrival, repetitions included. */
  readonly told: readonly Told[];
  /** The same as it came. */
  readonly bodies: readonly string[];
  /** Requests that are not as the documentation says. */
  readonly violations: readonly string[];
  /** Called for every request before it is answered. */
  onTold: (() => void) | undefined;
  /** How the next requests end: refused, or told without an answer. */
  plan(...plans: readonly (EndpointFailure | 'hang' | 'drop')[]): void;
  /** Resolves when so many were told. */
  waitFor(count: number): Promise<void>;
}

interface Envelope {
  readonly type: string;
  readonly data: { readonly eventId: number; readonly subject: { readonly title: string } | null };
}

/**
 * An endpoint that says 200 to everything that is not planned otherwise, and remembers it: each notification is one request, so
 * told twice is seen. It takes `thinkMs` for each answer, as a real one would.
 */
export async function startEndpointDouble({ thinkMs = 0, path = '/hook' } = {}): Promise<EndpointDouble> {
  const told: Told[] = [];
  const bodies: string[] = [];
  const violations: string[] = [];
  const plans: (EndpointFailure | 'hang' | 'drop')[] = [];
  const watchers = new Set<() => void>();
  const server = createServer((request, response) => {
    readText(request)
      .then(async (body) => {
        const plan = plans.shift();
        if (typeof plan === 'object') {
          if (plan.retryAfter !== undefined) response.setHeader('retry-after', String(plan.retryAfter));
          response.writeHead(plan.status).end(plan.text);
          return;
        }
        const { type, data } = JSON.parse(body) as Envelope;
        const id = String(request.headers['webhook-id']);
        told.push({ id, kind: type, eventId: data.eventId, title: data.subject?.title ?? '' });
        bodies.push(body);
        violations.push(...faultsOf(request, path));
        double.onTold?.();
        for (const look of watchers) look();
        if (thinkMs > 0) await setTimeout(thinkMs);
        if (plan === 'drop') response.destroy();
        else if (plan === undefined) response.end('ok');
      })
      // A sender that is killed in mid-body has told nothing.
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const double: EndpointDouble = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    told,
    bodies,
    violations,
    onTold: undefined,
    plan: (...next) => void plans.push(...next),
    waitFor: (count) =>
      waitUntil(
        () => told.length >= count,
        watchers,
        PATIENCE_MS,
        () => bodies,
      ),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return double;
}

function faultsOf({ method, url, headers }: IncomingMessage, path: string): readonly string[] {
  return [
    ...(method === 'POST' && url === path ? [] : [`${method} ${url}`]),
    ...(headers['content-type'] === 'application/json' ? [] : [`content type ${headers['content-type']}`]),
    ...(/^ntf_\d+$/.test(String(headers['webhook-id'])) ? [] : [`webhook-id ${String(headers['webhook-id'])}`]),
    ...(/^\d{10}$/.test(String(headers['webhook-timestamp'])) ? [] : ['no webhook-timestamp in seconds']),
  ];
}
