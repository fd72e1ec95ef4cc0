import { CATALOG } from '../catalog.ts';
import { eventsOf, type KnownEvents } from '../config/check/known-events.ts';
import type { Config } from '../config/config.ts';

/** What the configured sources send. */
export function configuredEvents({ sources }: Pick<Config, 'sources'>): Promise<KnownEvents> {
  return eventsOf(
    CATALOG,
    sources.map(({ provider }) => provider),
  );
}

/** What anybody sends, configured or not. */
export function everyEvent(): Promise<KnownEvents> {
  return eventsOf(CATALOG, Object.keys(CATALOG.providers));
}
