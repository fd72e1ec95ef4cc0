import type { Samples } from '../../../model/plugin/samples.ts';
import { assign, setProblem } from './apply-set.ts';
import { sample, sampleNames } from './sample.ts';

export const SAMPLES: Samples = {
  names: sampleNames,
  make: (name, n, now) => sample(name, { n, now }),
  change: setProblem,
  set: assign,
};
