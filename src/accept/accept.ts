import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AcceptDeps } from './accept-deps.ts';
import type { Answer } from './answers.ts';
import { handleFetch } from './fetch-edge.ts';
import type { CalledAs } from './inbound.ts';
import { handleNode } from './node-edge.ts';
import { createReception } from './reception.ts';
import { handleWhole, type WholeRequest } from './whole-edge.ts';

export interface Accept {
  /** Answers one request to `/webhooks/…`. Never throws, never rejects. Also takes 'checkContinue' requests. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** The same for a POST that is there as a whole. Null: the sender is not listened to any longer. Never rejects. */
  readonly handleWhole: (request: WholeRequest) => Promise<Answer | null>;
  /** The same for servers that speak web-standard requests and responses. Never rejects. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** The same for what is called by another address than PUBLIC_URL, a tunnel's: some sign what they call. Null: not known. */
  calledAs(address: CalledAs): Pick<Accept, 'handle' | 'handleWhole'>;
  inFlightBytes(): number;
}

/** One story with two thin edges, so that both share limits, bytes in flight and metrics. */
export function createAccept(deps: AcceptDeps): Accept {
  const reception = createReception(deps);
  return {
    handle: (request, response) => handleNode(reception, deps.clock, request, response),
    handleWhole: (request) => handleWhole(reception, request),
    calledAs: (address) => ({
      handle: (request, response) => handleNode(reception, deps.clock, request, response, address),
      handleWhole: (request) => handleWhole(reception, request, address),
    }),
    fetch: (request) => handleFetch(reception, request),
    inFlightBytes: () => reception.inFlightBytes(),
  };
}
