import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { StoredEvent } from '../../src/model/event.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { waitUntil } from './wait-until.ts';

/** One webhook that an application was sent. */
export interface Taken {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Refusal {
  readonly status: number;
  readonly text?: string;
  /** In seconds. */
  readonly retryAfter?: number;
}

type Plan = Refusal | 'hang' | 'drop' | 'take';

export interface ApplicationDouble extends AsyncDisposable {
  readonly url: string;
  /** In the order of arrival, repetitions included; not what was refused. */
  readonly taken: readonly Taken[];
  /** Requests that break what is promised to applications. */
  readonly violations: readonly string[];
  /** How the next requests end: refused, taken without an answer, or taken as ever. */
  plan(...plans: readonly Plan[]): void;
  /** As after `kill -9`: who waits for an answer gets none, nobody listens any more, and what was planned is forgotten. */
  crash(): Promise<void>;
  /** At the same address. */
  restart(): Promise<void>;
  /** Resolves when so many were taken. */
  waitFor(count: number): Promise<void>;
}

/** An application that takes webhooks, and holds its sender to what is promised. */
export async function startApplicationDouble({ path = '/hook' } = {}): Promise<ApplicationDouble> {
  const taken: Taken[] = [];
  const violations: string[] = [];
  const plans: Plan[] = [];
  const watchers = new Set<() => void>();
  const server = createServer((request, response) => {
    buffer(request)
      .then((body) => {
        const plan = plans.shift();
        if (typeof plan === 'object') {
          if (plan.retryAfter !== undefined) response.setHeader('retry-after', String(plan.retryAfter));
          response.writeHead(plan.status).end(plan.text);
          return;
        }
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        );
        taken.push({ headers, body });
        violations.push(
          ...(request.method === 'POST' && request.url === path ? [] : [`${request.method} ${request.url}`]),
          ...faultsOf(headers),
        );
        for (const look of watchers) look();
        if (plan === 'drop') response.destroy();
        else if (plan !== 'hang') response.end('ok');
      })
      .catch(() => response.destroy());
  });
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const stop = () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    return closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    taken,
    violations,
    plan: (...next) => void plans.push(...next),
    waitFor: (count) =>
      waitUntil(
        () => taken.length >= count,
        watchers,
        PATIENCE_MS,
        () => taken.map(({ body }) => body.toString('utf8')),
      ),
    async crash() {
      plans.length = 0;
      await stop();
    },
    restart: () => listen(port),
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}

/** What docs/destinations/forward.md promises of every request. */
function faultsOf(headers: Readonly<Record<string, string>>): readonly string[] {
  const { 'webhook-id': id = '', 'tidings-event': event = '' } = headers;
  return [
    ...(headers['content-type'] === undefined ? ['no content-type'] : []),
    ...(id === '' ? ['no webhook-id'] : []),
    ...(/^\d+$/.test(event) ? [] : [`tidings-event ${event}`]),
    ...(/^[1-9]\d*$/.test(headers['tidings-attempt'] ?? '') ? [] : ['no tidings-attempt']),
    ...(/^(?:true|false)$/.test(headers['tidings-verified'] ?? '') ? [] : ['no tidings-verified']),
    ...['cookie', 'forwarded', 'x-forwarded-for', 'expect'].filter((name) => headers[name] !== undefined),
  ];
}

/** What the inbox holds of a delivery. */
export function aStoredEvent(more: Partial<StoredEvent> = {}): StoredEvent {
  return {
    id: 1,
    origin: 'webhook',
    source: 'github',
    deliveryId: '1 guid-1',
    guid: 'guid-1',
    type: 'issues',
    headers: { 'content-type': 'application/json', 'user-agent': 'GitHub-Hookshot/1', 'x-github-event': 'issues' },
    body: Buffer.from('{"action":"opened"}'),
    receivedAt: 1_767_225_600_000,
    storedAt: 1_767_225_600_004,
    replays: 0,
    settled: null,
    ...more,
  };
}
