import type { Origin } from '../model/event.ts';

/** One event of a batch; `offset` points into the batch's bytes, where its headers (JSON) and its body stand. */
export interface PackedEvent {
  readonly source: string;
  readonly origin: Origin;
  readonly deliveryId: string;
  readonly guid: string;
  readonly type: string;
  readonly receivedAt: number;
  readonly secretNo: number;
  readonly part: number;
  readonly offset: number;
  readonly headersSize: number;
  readonly bodySize: number;
}

/** What one commit writes: the events, and their bytes in parts that become one segment each. */
export interface Batch {
  readonly events: readonly PackedEvent[];
  readonly parts: readonly Uint8Array[];
  readonly now: number;
}
