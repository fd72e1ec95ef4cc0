import type { Acting } from '../acts/acting.ts';
import type { ApiDeps } from '../api-deps.ts';
import type { Feed } from '../stream/feed.ts';

/** What the rows of /api/v1 work with. */
export interface V1Deps extends ApiDeps {
  /** ISO 8601 */
  readonly startedAt: string;
  readonly feed: Feed;
  readonly acting: Acting;
}
