import type { Compared } from '../../model/activity.ts';
import type { EventId, Origin } from '../../model/event.ts';

/** A stored event that could be read, without its bytes: those of a whole page would stay in memory with it. */
export interface ReadableEvent extends Compared {
  readonly id: EventId;
  readonly source: string;
  readonly origin: Origin;
  /** It says nothing that rules are asked about. */
  readonly isUnsaid?: true;
  readonly receivedAt: number;
  /** For templates, where there are any. */
  readonly payload?: () => unknown;
}
