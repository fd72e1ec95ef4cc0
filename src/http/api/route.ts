import type { z } from 'zod';

/** admin: may change something; viewer: sees all, changes nothing. */
export type CallerRole = 'viewer' | 'admin';

/** Who asks, once the door has let them in. */
export interface Caller {
  readonly role: CallerRole;
  /** As the audit list says it: `admin token`, `somebody at this machine`. */
  readonly who: string;
  /** From where, as the audit list says it: `203.0.113.9, dashboard`. */
  readonly from: string;
}

export interface Asked<P = unknown, Q = unknown, B = unknown> {
  /** Of the path, parsed by the row's `params`. */
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** Names in lower case. */
  readonly headers: Headers;
  readonly caller: Caller;
  /** Aborts when whoever asked is gone; of a row that streams also when the server stops. */
  readonly signal: AbortSignal;
  /** Closes the connection at once: for whoever does not read what is streamed to them. */
  readonly hangUp: () => void;
}

export type FailureStatus = 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 422 | 429 | 500 | 501 | 503;

export type Answer =
  | {
      readonly kind: 'json';
      readonly body: unknown;
      readonly status?: 200 | 201 | 202;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'failure';
      readonly status: FailureStatus;
      readonly code: string;
      readonly message: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Lines of `text/event-stream` or `application/x-ndjson`, redacted by whoever writes them. */
  | { readonly kind: 'stream'; readonly contentType: string; readonly body: ReadableStream<Uint8Array> }
  | {
      readonly kind: 'bytes';
      readonly contentType: string;
      readonly body: Uint8Array;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** One method of one path: it is served, described by OpenAPI, and tested by this row. */
export interface Route<D, P = unknown, Q = unknown, B = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v1`, in Hono's form: `/events/:id`. */
  readonly path: string;
  readonly tag: string;
  /** One line, a sentence without its stop. */
  readonly summary: string;
  /** Markdown. */
  readonly description?: string;
  /** The command line's way to the same, without the program's name: `events --state dead`. */
  readonly command?: string;
  /** Who may. Whatever changes something is for `admin`. */
  readonly role: CallerRole;
  readonly params?: z.ZodType<P>;
  readonly query?: z.ZodType<Q>;
  readonly body?: z.ZodType<B>;
  /** Of a JSON answer. Of a stream: of each line's data. */
  readonly answer: z.ZodType | null;
  /** Of its answers. Default: 200. */
  readonly statuses?: readonly (200 | 201 | 202)[];
  readonly contentType?: 'application/json' | 'text/event-stream' | 'application/x-ndjson' | 'application/octet-stream';
  /** Which failures it has beside those that any has: code → in words. Their statuses stand in failures.ts. */
  readonly failures?: Readonly<Record<string, string>>;
  handle(asked: Asked<P, Q, B>, deps: D): Promise<Answer>;
}

/** A row whose schemas say what its handler gets. */
export function route<D, P, Q, B>(row: Route<D, P, Q, B>): Route<D> {
  return row;
}

export function json(body: unknown, status: 200 | 201 | 202 = 200): Answer {
  return { kind: 'json', body, status };
}

export function failure(
  status: FailureStatus,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { kind: 'failure', status, code, message, headers };
}
