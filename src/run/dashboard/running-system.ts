import type { RulesWorks, RunningSystem } from '../../http/api/running-system.ts';
import { knownPlaces } from './places.ts';
import { sourceFindings } from './source-findings.ts';
import type { SystemParts } from './system-parts.ts';

/** What the API asks of the running system. Each part is loaded by who asks: most starts have nobody who does. */
export function createRunningSystem(parts: SystemParts): RunningSystem {
  return {
    places: async () => knownPlaces(parts),
    rules: rulesOf(parts),
    preview: () => notHere('previews'),
    said: () => notHere('what was said'),
    activity: () => notHere('activities'),
    findings: sourceFindings(parts),
    rotations: () => parts.rotation.standing(),
    setup: async () => (await import('./setup.ts')).setup(parts),
    sendSample: async (name) => (await import('./sample.ts')).sendSample(name, parts),
    sendTest: async (name, by) => (await import('./test-message.ts')).sendTest(name, by, parts),
  };
}

function rulesOf(_parts: SystemParts): RulesWorks {
  return {
    read: () => notHere('rules'),
    check: () => notHere('rules'),
    test: () => notHere('rules'),
    backtest: () => {
      throw new Error('rules are not here yet');
    },
    write: () => notHere('rules'),
  };
}

async function notHere(what: string): Promise<never> {
  throw new Error(`${what} are not here yet`);
}
