import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../shared/clock.ts';
import type { AcceptDeps } from './accept-deps.ts';
import type { Answer } from './answers.ts';
import { handleFetch } from './fetch-edge.ts';
import { handleNode } from './node-edge.ts';
import type { UrlOf } from './proxies/called-url.ts';
import { createReception, type Reception } from './reception.ts';
import { handleWhole, type WholeRequest } from './whole-edge.ts';

export interface Accept {
  /** Answers one request to `/webhooks/…`. Never throws, never rejects. Also takes 'checkContinue' requests. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** The same for a POST that is there as a whole. Null: the sender is not listened to any longer. Never rejects. */
  readonly handleWhole: (request: WholeRequest) => Promise<Answer | null>;
  /** The same for servers that speak web-standard requests and responses. Never rejects. */
  readonly fetch: (request: Request) => Promise<Response>;
  inFlightBytes(): number;
  /** The same for an edge whose requests are called by an address of its own. */
  calledAs(urlOf: UrlOf): Accept;
}

/** One story with two thin edges, so that both share limits, bytes in flight and metrics. */
export function createAccept(deps: AcceptDeps): Accept {
  return acceptOf(createReception(deps), deps.clock);
}

function acceptOf(reception: Reception, clock: Clock): Accept {
  return {
    handle: (request, response) => handleNode(reception, clock, request, response),
    handleWhole: (request) => handleWhole(reception, request),
    fetch: (request) => handleFetch(reception, request),
    inFlightBytes: () => reception.inFlightBytes(),
    calledAs: (urlOf) => acceptOf(reception.calledAs(urlOf), clock),
  };
}
