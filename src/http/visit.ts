import type { Caller } from './api/route.ts';

export interface V1Answer {
  readonly status: number;
  /** Parsed JSON. */
  readonly body: unknown;
}

/** One request for a page, from somebody whom the door let in. Pages know of Tidings what /api/v1 says, and nothing else. */
export interface Visit {
  readonly caller: Caller;
  /** Asks `/api/v1<path>` in the caller's name, without a socket. */
  ask(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<V1Answer>;
  /** Before every path of ours, as the browser has to ask for it: `` or `/tidings`. */
  readonly base: string;
  /** To be sent along with every change, in the field `csrf` or the header `X-CSRF-Token`. */
  readonly csrf: string;
  /** Whether a form that came along with this was made for whoever sends it. */
  isGenuine(csrf: string): boolean;
  /** Whether there is something to log out of. */
  readonly hasSession: boolean;
}
