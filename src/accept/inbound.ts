import type { Headers } from '../model/headers.ts';

/** One request as the story of accept sees it. Each edge (node:http, Request/Response) makes it out of its own. */
export interface Inbound {
  readonly method: string | undefined;
  /** Path and query: `/webhooks/github?a=b`. */
  readonly url: string;
  /** Only `set-cookie` may be a list, and no source reads it. */
  readonly headers: Headers;
  /** The connection's address, for the log. Undefined where the edge cannot know it. */
  readonly from: string | undefined;
  /** The length of the body in bytes as the sender declares it; null when it does not, 0 when there is no body. */
  readonly declared: number | null;
  /** No more and no less than `declared` arrives, in chunks that nobody else holds: node:http sees to both. */
  readonly isFramed: boolean;
  /** Feeds the raw body to `sink`, and reads no further than that says. Called once, after there is room for it. */
  read(sink: Sink): Promise<ReadEnd>;
}

/** `aborted`: the sender went away. `taken`: somebody has read the body before us. */
export type ReadEnd = 'whole' | 'aborted' | 'taken' | SinkStop;

export type SinkStop = 'too_large' | 'no_room';

/** Where the body is gathered. */
export interface Sink {
  /** Undefined: go on. */
  add(chunk: Uint8Array): SinkStop | undefined;
  body(): Buffer;
}
