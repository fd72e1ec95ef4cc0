import type { Inbox } from '../model/inbox.ts';
import type { Telemetry } from '../model/telemetry.ts';
import type { Clock } from '../shared/clock.ts';
import type { Random } from '../shared/ids.ts';
import type { Logger } from '../shared/log.ts';
import type { Timing } from './timing.ts';

/** The three steps of a stop, each raised once and in this order. */
export interface Shutdown {
  /** Begin nothing new. */
  readonly stopping: AbortSignal;
  /** Give up the sends in hand. */
  readonly aborting: AbortSignal;
  /** Leave everything as it is. */
  readonly quitting: AbortSignal;
}

/** What every loop of the worker is given. */
export interface JobContext {
  readonly inbox: Inbox;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly timing: Timing;
  readonly shutdown: Shutdown;
}
