import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';

/** One request that an `http` destination made. */
export interface Told {
  /** `webhook-id`: the same at every try of one notification. */
  readonly id: string;
  readonly kind: string;
  readonly eventId: number;
  readonly title: string;
}

export interface EndpointDouble extends AsyncDisposable {
  readonly url: string;
  /** In the order of arrival, repetitions included. */
  readonly told: readonly Told[];
  /** Called for every request before it is answered. */
  onTold: (() => void) | undefined;
}

interface Envelope {
  readonly type: string;
  readonly data: { readonly eventId: number; readonly subject: { readonly title: string } | null };
}

/**
 * An endpoint that says 200 to everything and remembers it: each notification is one request, so told twice is seen.
 * It takes `thinkMs` for each answer, as a real one would.
 */
export async function startEndpointDouble({ thinkMs = 0 } = {}): Promise<EndpointDouble> {
  const told: Told[] = [];
  const server = createServer((request, response) => {
    json(request)
      .then(async (body) => {
        const { type, data } = body as Envelope;
        const id = String(request.headers['webhook-id']);
        told.push({ id, kind: type, eventId: data.eventId, title: data.subject?.title ?? '' });
        double.onTold?.();
        if (thinkMs > 0) await setTimeout(thinkMs);
        response.end('ok');
      })
      // A sender that is killed in mid-body has told nothing.
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const double: EndpointDouble = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    told,
    onTold: undefined,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return double;
}
