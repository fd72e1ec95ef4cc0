import type { KnownPlace } from '../../http/api/running-system.ts';
import type { SystemParts } from './system-parts.ts';

/** The destinations as this process knows them, in the order in which they are configured. */
export function knownPlaces({ config, destinations }: Pick<SystemParts, 'config' | 'destinations'>): KnownPlace[] {
  const open = new Map(destinations().map((each) => [each.name, each]));
  return config().destinations.map(({ name, type, words }) => {
    const { intervalMs = null, digestOver = null, concurrency = null } = open.get(name) ?? {};
    return { name, type, words, paceMs: intervalMs, digestOver, concurrency };
  });
}
