import type { EventCatalog } from '../../../model/event-catalog.ts';
import type { Payload } from '../../../shared/payload.ts';
import type { Family } from '../../../telling/told.ts';

/** One event of whoever sends by Standard Webhooks. */
export interface SentEvent {
  /** As its sender has it: `email.bounced`. */
  readonly name: string;
  readonly type: string;
  readonly action: string | null;
  readonly payload: Payload;
  /** `data`; empty where it is no object. */
  readonly data: Payload;
}

/** A row of SENDERS. */
export interface Sender {
  /** Where it happened, as people call it. Null: what the source is called. */
  readonly title: string | null;
  readonly url: string | null;
  /** Where the name of an event stands, the best place first. */
  readonly names: readonly string[];
  /** Where the sender's id of what happened is, where that is not the one of the delivery. */
  readonly id: string | null;
  /** Where its time is. */
  readonly times: readonly string[];
  readonly events: EventCatalog;
  /** Whether an event is one of its, for sources that do not say who sends. */
  isIts(payload: Payload): boolean;
  readonly tell: Family<SentEvent>;
}
