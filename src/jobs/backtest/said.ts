import type { Compared } from '../../model/activity.ts';
import type { EventId, Origin } from '../../model/event.ts';

/** What a stored event says, without its bytes: those of a whole page would stay in memory with it. */
export interface Said extends Compared {
  readonly id: EventId;
  readonly source: string;
  readonly origin: Origin;
  readonly receivedAt: number;
}
