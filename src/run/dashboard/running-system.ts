import { localUrl } from '../../config/describe/place-words.ts';
import type { RunningSystem } from '../../http/api/running-system.ts';
import { knownPlaces } from './places.ts';
import { readerOf } from './read-again.ts';
import { rulesWorks } from './rules.ts';
import { sourceFindings } from './source-findings.ts';
import type { SystemParts } from './system-parts.ts';

/** What the API asks of the running system. Each part is loaded by who asks: most starts have nobody who does. */
export function createRunningSystem(parts: SystemParts): RunningSystem {
  const read = readerOf(parts);
  return {
    places: async () => knownPlaces(parts),
    localUrl: () => localUrl(parts.config()),
    rules: rulesWorks(parts),
    preview: async (eventId, to) => (await import('./preview.ts')).preview(parts, read, eventId, to),
    said: async (eventId) => (await import('./said.ts')).saidOf(read, eventId),
    activity: async (eventId) => (await import('./said.ts')).activitySeen(read, eventId),
    findings: sourceFindings(parts),
    rotations: () => parts.rotation.standing(),
    setup: async () => (await import('./setup.ts')).setup(parts),
    sendSample: async (name) => (await import('./sample.ts')).sendSample(name, parts),
    sendTest: async (name, by) => (await import('./test-message.ts')).sendTest(name, by, parts),
  };
}
