import { type EventTable, eventsOf, type KnownEvents } from '../config/check/known-events.ts';
import type { Config } from '../config/config.ts';

/** Who sends events. */
export const EVENT_TABLE: EventTable = {
  providers: {
    github: async () => ({ title: 'GitHub', events: async () => (await import('../sources/github/events.ts')).EVENTS }),
  },
  byDefault: { provider: 'github' },
};

/** What the configured sources send. */
export function configuredEvents({ sources }: Pick<Config, 'sources'>): Promise<KnownEvents> {
  return eventsOf(
    EVENT_TABLE,
    sources.map(({ provider }) => provider),
  );
}

/** What anybody sends, configured or not. */
export function everyEvent(): Promise<KnownEvents> {
  return eventsOf(EVENT_TABLE, Object.keys(EVENT_TABLE.providers));
}
