import type { DestinationConfig } from '../../config/config.ts';
import type { KnownPlace } from '../../http/api/running-system.ts';
import type { SystemParts } from './system-parts.ts';

/** The destinations as this process knows them, in the order in which they are configured. */
export function knownPlaces({ config, destinations }: Pick<SystemParts, 'config' | 'destinations'>): KnownPlace[] {
  const open = new Map(destinations().map((each) => [each.name, each]));
  return config().destinations.map((place) => {
    const { name, type, words } = place;
    const { intervalMs = null, digestOver = null, concurrency = null } = open.get(name) ?? {};
    return { name, type, words, paceMs: intervalMs, digestOver, concurrency, whyNoTest: whyNoTest(place) };
  });
}

function whyNoTest({ settings, takes, isAsked, isDirect }: DestinationConfig): string | null {
  if (settings === null) return 'This process only receives, and has no settings of it.';
  if (isAsked) return 'It answers what is asked of it there: ask it.';
  if (takes !== undefined) return 'It passes on what was received: send a sample.';
  return isDirect ? 'It tells each person what concerns them: a test message concerns nobody.' : null;
}
