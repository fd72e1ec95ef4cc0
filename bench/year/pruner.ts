import type { EventId } from '../../src/model/event.ts';
import type { Lease } from '../../src/model/inbox/lanes.ts';
import type { Inbox } from '../../src/model/inbox.ts';

const DAY_MS = 86_400_000;

export const KEPT_DAYS = { bodies: 30, events: 35, attempts: 30 } as const;

/** One pass over everything that is old by `now`. */
export async function prune(inbox: Inbox, lease: Lease, now: number): Promise<void> {
  const before = (days: number) => now - days * DAY_MS;
  for (let after = 0; ; ) {
    const segments = await inbox.keptSegments(after, 16);
    for (const { id, events } of segments) {
      const ids = events
        .filter((event) => !event.isNeeded && event.receivedAt < before(KEPT_DAYS.bodies))
        .map(({ id }) => id);
      if (ids.length > 0) await inbox.eraseBodies(lease, id, ids);
    }
    const last = segments.at(-1);
    if (last === undefined || last.events.every((event) => event.receivedAt >= before(KEPT_DAYS.bodies))) break;
    after = last.id;
  }
  for (let after = 0; ; ) {
    const events = await inbox.keptEvents(after, 200);
    const going = events.filter((event) => !event.isNeeded && event.receivedAt < before(KEPT_DAYS.events));
    const ids: EventId[] = going.map(({ id }) => id);
    if (ids.length > 0) await inbox.deleteEvents(lease, ids);
    const last = events.at(-1);
    if (last === undefined || last.receivedAt >= before(KEPT_DAYS.events)) break;
    after = last.id;
  }
  while ((await inbox.deleteAttempts(lease, before(KEPT_DAYS.attempts), 200)) !== 0);
  while ((await inbox.deleteLeftovers(lease, before(KEPT_DAYS.events), 500)) !== 0);
  while ((await inbox.shrink(lease, 256 * 1024)) !== 0);
}
