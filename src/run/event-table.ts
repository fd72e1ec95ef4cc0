import { type EventTable, eventsOf, type KnownEvents } from '../config/check/known-events.ts';

/** Who sends events. */
export const EVENT_TABLE: EventTable = {
  providers: {
    github: async () => ({ title: 'GitHub', events: async () => (await import('../sources/github/events.ts')).EVENTS }),
  },
  byDefault: { provider: 'github' },
};

/** What anybody sends, configured or not. */
export function everyEvent(): Promise<KnownEvents> {
  return eventsOf(EVENT_TABLE, Object.keys(EVENT_TABLE.providers));
}
