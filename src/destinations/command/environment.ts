import { homedir } from 'node:os';
import { delimiter, dirname } from 'node:path';
import type { Notification } from '../../model/notification.ts';

/** Where programs are looked for, wherever Tidings was started: those of the system, and beside the Node that runs it. */
export const PATH = [
  '/usr/local/bin',
  '/usr/bin',
  '/bin',
  '/usr/local/sbin',
  '/usr/sbin',
  '/sbin',
  dirname(process.execPath),
].join(delimiter);

/**
 * All that a program finds in its environment: nothing of ours, which holds secrets, and no text of an event, in which a name or a line
 * break could act. `TIDINGS_ID` is the same at every try.
 */
export function environmentOf({ id, eventId, tries, isReplay }: Notification): Readonly<Record<string, string>> {
  return {
    PATH,
    HOME: homedir(),
    LANG: 'C.UTF-8',
    TIDINGS_ID: `ntf_${id}`,
    TIDINGS_EVENT_ID: String(eventId),
    TIDINGS_ATTEMPT: String(tries + 1),
    TIDINGS_REPLAY: String(isReplay),
  };
}
