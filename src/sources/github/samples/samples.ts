import type { Samples } from '../../../model/plugin/samples.ts';
import { applySet, setProblem } from './apply-set.ts';
import { sample, sampleNames } from './sample.ts';

export const SAMPLES: Samples = {
  names: sampleNames,
  make: (name, n, now) => sample(name, { n, now }),
  change: setProblem,
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
