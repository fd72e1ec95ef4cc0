import { applySet } from '../sources/github/samples/apply-set.ts';
import { sample, sampleNames } from '../sources/github/samples/sample.ts';
import type { Samples } from './app-port.ts';

export const samples: Samples = {
  names: sampleNames,
  make: (name, n, now) => sample(name, { n, now }),
  set(payload, assignments) {
    const changed = structuredClone(payload);
    try {
      for (const assignment of assignments) applySet(changed, assignment);
      return { ok: true, payload: changed };
    } catch (error) {
      return { ok: false, problem: error instanceof Error ? error.message : String(error) };
    }
  },
};
