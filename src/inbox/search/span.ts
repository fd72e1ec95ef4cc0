import type { EventId } from '../../model/event.ts';
import type { EventFilter } from '../../model/inbox/records.ts';
import { behindUntil } from './lowest-since.ts';

/** Ids from `low`, and below `high`; the lowest first if `isUp`, else the highest. */
export interface Span {
  readonly low: EventId;
  readonly high: EventId;
  readonly isUp: boolean;
}

/** Times whose lowest ids (`lowestSince`) a span has to know. */
export function timesOf({ since, until }: EventFilter): readonly [since: number | null, until: number | null] {
  return [since ?? null, until === undefined ? null : behindUntil(until)];
}

/** Null: nobody asked, or there are no events. */
export function spanOf({ before, after }: EventFilter, lowest: EventId | null, behind: EventId | null): Span {
  return {
    low: Math.max(lowest ?? 0, after === undefined ? 0 : after + 1),
    high: Math.min(behind ?? Number.MAX_SAFE_INTEGER, before ?? Number.MAX_SAFE_INTEGER),
    isUp: after !== undefined,
  };
}
