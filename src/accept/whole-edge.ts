import type { Headers } from '../model/headers.ts';
import type { Answer } from './answers.ts';
import type { CalledAs, Inbound, ReadEnd, Sink } from './inbound.ts';
import type { Reception } from './reception.ts';

/** A request whose body is there, whoever read it. No header came twice. */
export interface WholeRequest {
  readonly url: string;
  readonly headers: Headers;
  readonly from: string | undefined;
  readonly body: Buffer;
}

/** The story behind a request that came in one piece. Null: the sender is not listened to any longer. Never rejects. */
export function handleWhole(reception: Reception, request: WholeRequest, calledAs?: CalledAs): Promise<Answer | null> {
  return reception.receive(new WholeInbound(request, calledAs));
}

class WholeInbound implements Inbound {
  readonly #request: WholeRequest;
  readonly method = 'POST';
  readonly url: string;
  readonly calledUrl: string | null;
  readonly headers: Headers;
  readonly declared: number;
  readonly isFramed = true;

  constructor(request: WholeRequest, calledAs?: CalledAs) {
    this.#request = request;
    this.url = request.url;
    this.calledUrl = calledAs?.(this.url) ?? null;
    this.headers = request.headers;
    this.declared = request.body.length;
  }

  get from(): string | undefined {
    return this.#request.from;
  }

  repeated(): null {
    return null;
  }

  read(sink: Sink): Promise<ReadEnd> {
    const { body } = this.#request;
    return Promise.resolve((body.length > 0 ? sink.add(body) : undefined) ?? 'whole');
  }
}
