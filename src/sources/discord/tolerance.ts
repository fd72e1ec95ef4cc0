import type { Kind } from './envelope.ts';

/** Discord documents none. An interaction dies after 3 seconds; its time is checked for who would send it again. */
const SECONDS = 300;
/** Events are sent again for up to 10 minutes, perhaps with the time of the first. */
const EVENT_SECONDS = 900;

/** How far the signed time may be from now, in seconds. Null: nobody knows what it is. */
export function toleranceOf(kind: Kind | null): number {
  return kind === 'event' ? EVENT_SECONDS : SECONDS;
}
