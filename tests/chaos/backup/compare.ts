import type { EventRecord, NotificationRecord } from '../../../src/model/inbox/records.ts';
import type { Told } from '../../doubles/endpoint-double.ts';
import type { Sent } from '../../support/senders.ts';

/** One restore, seen from everywhere. */
export interface Restored {
  readonly isHeld: boolean;
  /** Answered before the copy began. */
  readonly acknowledged: readonly Sent[];
  /** Answered by the restored ones. */
  readonly fresh: readonly Sent[];
  /** The database that was lost, as it was at the end. */
  readonly lost: readonly EventRecord[];
  /** The copy, before anything touched it, and when all is told. */
  readonly copy: readonly EventRecord[];
  readonly after: readonly EventRecord[];
  /** What the endpoint heard before and after. */
  readonly heard: readonly Told[];
  readonly heardAfter: readonly Told[];
}

export interface Comparison {
  readonly lost: readonly string[];
  readonly faults: readonly string[];
  /** Messages that repeat: what waited in the copy, and was told before the end. */
  readonly again: number;
  /** Requests whose `webhook-id` had another meaning before. */
  readonly reused: number;
}

const TOLD = new Set(['sent', 'merged']);

export function compare(restored: Restored): Comparison {
  const { isHeld, heard, heardAfter } = restored;
  const repeated = toldAgain(restored);
  const titles = new Set(heard.map(({ title }) => title));
  const meaning = new Map(heard.map(({ id, title }) => [id, title]));
  const repeatedHere = heardAfter.filter(({ title }) => titles.has(title));
  const reused = heardAfter.filter(({ id, title }) => (meaning.get(id) ?? title) !== title);
  return {
    lost: lostOf(restored),
    again: repeated.length,
    reused: reused.length,
    faults: [
      ...repeated.filter(({ wasTold }) => wasTold).map(({ key }) => `${key} was told again, and the copy knew`),
      ...(isHeld ? repeated.map(({ key }) => `${key} was told again, although it was held`) : []),
      ...(isHeld ? repeatedHere.map(({ title }) => `the endpoint heard “${title}” again, although it was held`) : []),
      ...(isHeld ? reused.map(({ id }) => `${id} was given to two messages`) : []),
      ...notOnce(restored),
    ],
  };
}

function lostOf({ acknowledged, fresh, after, isHeld }: Restored): string[] {
  const byGuid = new Map(after.map((event) => [event.guid, event]));
  return [...acknowledged, ...fresh].flatMap(({ delivery, acknowledged: id }) => {
    const event = byGuid.get(delivery.guid);
    if (event?.id !== id) return [`${delivery.guid} was acknowledged as event ${id}, and is not there`];
    if (!event.body?.equals(delivery.body)) return [`event ${id} has another body than was sent`];
    const ended = event.notifications.every(({ state }) => TOLD.has(state) || (isHeld && state === 'unknown'));
    return ended && event.notifications.length > 0 ? [] : [`event ${id} was neither told nor held`];
  });
}

/** What the new owners told of what had been told, or may have been. */
function toldAgain({ lost, copy, after }: Restored) {
  const before = index(lost);
  const known = index(copy);
  return [...index(after)].flatMap(([key, notification]) => {
    const began = known.get(key)?.attempts.length ?? 0;
    const sent = notification.attempts.slice(began).some(({ outcome }) => outcome === 'sent');
    const earlier = before.get(key);
    if (!sent || earlier === undefined || !(TOLD.has(earlier.state) || hasDoubt(earlier))) return [];
    return [{ key, wasTold: TOLD.has(known.get(key)?.state ?? '') }];
  });
}

function hasDoubt({ attempts }: NotificationRecord): boolean {
  return attempts.some(({ outcome }) => outcome === null || outcome === 'unknown');
}

function index(events: readonly EventRecord[]): Map<string, NotificationRecord> {
  const entries = events.flatMap(({ guid, notifications }) =>
    notifications.map((each) => [`${each.destination} ${guid}`, each] as const),
  );
  return new Map(entries);
}

function notOnce({ fresh, heardAfter, after }: Restored): string[] {
  const times = Map.groupBy(heardAfter, ({ eventId }) => eventId);
  const ids = new Set(after.map(({ id }) => id));
  return fresh.flatMap(({ acknowledged: id }) => {
    const heard = id === null || !ids.has(id) ? 0 : (times.get(id)?.length ?? 0);
    return heard === 1 ? [] : [`the endpoint heard of event ${id}, which came after the restore, ${heard} times`];
  });
}
