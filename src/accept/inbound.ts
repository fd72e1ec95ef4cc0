import type { Headers } from '../model/headers.ts';
import type { CutOff } from './byte-budget.ts';

/** One request as the story of accept sees it. Each edge (node:http, Request/Response) makes it out of its own. */
export interface Inbound {
  readonly method: string | undefined;
  /** Path and query: `/webhooks/github?a=b`. */
  readonly url: string;
  /** The whole of it, where the edge knows it. */
  readonly calledUrl: string | null;
  /** Only `set-cookie` may be a list, and no source reads it. */
  readonly headers: Headers;
  /** The connection's address, for the log. Undefined where the edge cannot know it. */
  readonly from: string | undefined;
  /** The length of the body in bytes as the sender declares it; null when it does not, 0 when there is no body. */
  readonly declared: number | null;
  /** No more and no less than `declared` arrives, in chunks that nobody else holds: node:http sees to both. */
  readonly isFramed: boolean;
  /** The first of these headers (lower case) that came more than once. */
  repeated(names: readonly string[]): string | null;
  /** Feeds the raw body to `sink`, and reads no further than that says. Called once. */
  read(sink: Sink): Promise<ReadEnd>;
}

/** `/webhooks/phone?a=b` → what was called, complete. Null: not known. */
export type CalledAs = (path: string) => string | null;

/** `aborted`: the sender went away. `taken`: somebody has read the body before us. */
export type ReadEnd = 'whole' | 'aborted' | 'taken' | SinkStop;

/** `tiny_pieces`: it comes in more, and smaller, pieces than any honest body. */
export type SinkStop = 'too_large' | 'tiny_pieces' | CutOff;

/** Where the body is gathered. */
export interface Sink {
  /** Undefined: go on. */
  add(chunk: Uint8Array): SinkStop | undefined;
  /** `read` ends at once with the reason: others need the bytes, or this sender is too slow. At most one listener. */
  onCutOff(listener: (why: CutOff) => void): void;
  /** All that was added, in memory of its own, until `drop`. Once only. */
  body(): Buffer;
  /** Gives back what it holds of the budget, and the memory, the body's too. May be called more than once. */
  drop(): void;
}
