import type { Activity } from '../../model/activity.ts';
import type { EventId, Origin } from '../../model/event.ts';

/** What a stored event says, without its bytes: those of a whole page would stay in memory with it. */
export interface Said {
  readonly id: EventId;
  readonly source: string;
  readonly origin: Origin;
  readonly receivedAt: number;
  readonly activity: Activity;
}
