import type { ServerResponse } from 'node:http';

export interface ApiFailure {
  /** Default 200, as Slack's errors mostly have. */
  readonly status?: number;
  readonly error: string;
  readonly needed?: string;
  readonly provided?: string;
  readonly retryAfter?: number;
}

/**
 * Each moment at which a connection can break.
 * unread   the request's head has arrived, nothing is done
 * untaken  all of the request has arrived, nothing is done
 * taken    it is done, and no byte of the answer is sent
 * head     it is done, and the answer ends after its headers
 * body     it is done, and half of the answer's body is sent
 */
export const MOMENTS = ['unread', 'untaken', 'taken', 'head', 'body'] as const;
export type Moment = (typeof MOMENTS)[number];

/** An answer that waits for a signal. */
export interface Held {
  /** A call has come, and waits. */
  readonly reached: Promise<void>;
  /** It goes on. */
  release(): void;
  /** Its connection breaks. */
  cut(): void;
}

export type Plan =
  | { readonly kind: 'fail'; readonly failure: ApiFailure }
  | { readonly kind: 'cut'; readonly moment: Moment }
  | {
      readonly kind: 'hold';
      readonly when: 'before' | 'after';
      /** True: it goes on; false: the connection breaks. */
      readonly wait: () => Promise<boolean>;
    };

/** What the next calls of each method meet, in the order planned. */
export class Plans {
  readonly #plans = new Map<string, Plan[]>();

  add(method: string, plan: Plan, count = 1): void {
    this.#plans.set(method, [...(this.#plans.get(method) ?? []), ...Array.from({ length: count }, () => plan)]);
  }

  take(method: string): Plan | undefined {
    return this.#plans.get(method)?.shift();
  }

  hold(method: string, when: 'before' | 'after'): Held {
    const reached = Promise.withResolvers<void>();
    const goesOn = Promise.withResolvers<boolean>();
    const wait = () => {
      reached.resolve();
      return goesOn.promise;
    };
    this.add(method, { kind: 'hold', when, wait });
    return { reached: reached.promise, release: () => goesOn.resolve(true), cut: () => goesOn.resolve(false) };
  }
}

/** Sends as much of an answer as that moment lets through, then breaks the connection. */
export function breakOff(response: ServerResponse, moment: Moment, answer: string): void {
  if (moment !== 'head' && moment !== 'body') return void response.destroy();
  const body = Buffer.from(answer);
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length });
  response.flushHeaders();
  const half = moment === 'body' ? body.subarray(0, Math.ceil(body.length / 2)) : null;
  // What is still in this process when the connection breaks is never sent.
  const sent = () => response.destroy();
  if (half === null) response.socket?.write('', sent);
  else response.write(half, sent);
}
