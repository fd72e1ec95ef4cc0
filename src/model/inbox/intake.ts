import type { EventId, NewEvent } from '../event.ts';

export type Appended = { readonly status: 'accepted' | 'duplicate'; readonly id: EventId };

export interface Intake {
  /**
   * Resolves only after the commit that holds the event (fsync included). Calls that arrive while a commit runs share
   * the next one. A (source, deliveryId) seen before is `duplicate` with the first event's id and stores nothing. The
   * body is read until then, and not afterwards.
   * @throws InboxUnavailableError when it could not be committed; then it is not stored. Only where a connection to a
   * server broke during the commit nobody knows; the sender tries again, and finds it a duplicate or not.
   */
  append(event: NewEvent): Promise<Appended>;
}
