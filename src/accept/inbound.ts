import type { Headers } from '../model/headers.ts';
import type { TurnedAway } from './room.ts';

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
  /** Feeds the raw body to `sink`, and reads no further than that says. Called once. */
  read(sink: Sink): Promise<ReadEnd>;
}

/** `aborted`: the sender went away. `taken`: somebody has read the body before us. */
export type ReadEnd = 'whole' | 'aborted' | 'taken' | SinkStop;

/** `crumbs`: it comes in more, and smaller, pieces than any honest body. */
export type SinkStop = 'too_large' | 'crumbs' | TurnedAway;

/** Where the body is gathered. */
export interface Sink {
  /** Undefined: go on. */
  add(chunk: Uint8Array): SinkStop | undefined;
  /** `read` ends at once with the reason: somebody else needs the room, or this sender is too slow. At most one listener. */
  onTurnedAway(listener: (why: TurnedAway) => void): void;
  /** All that was added, in memory of its own, which is the caller's from now on. Once only. */
  body(): Buffer;
  /** Gives the room back, and the memory where nobody has taken the body. May be called more than once. */
  drop(): void;
}
