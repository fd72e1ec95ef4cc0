import type { SampleProblem } from '../config/check/tests.ts';
import { setProblem } from '../sources/github/samples/apply-set.ts';
import { sample, sampleNames } from '../sources/github/samples/sample.ts';
import { noSample } from './no-sample.ts';

/** What is wrong with a test that changes a built-in sample, each with its place in the test. */
export function checkSample(name: string, set: Readonly<Record<string, unknown>>): readonly SampleProblem[] {
  const made = sample(name, { n: 0, now: 0 });
  if (made === undefined) return [{ at: ['event'], message: sampleWords(name) }];
  const payload = structuredClone(made.payload);
  return Object.entries(set).flatMap(([path, value]) => {
    const problem = setProblem(payload, path, value);
    return problem === null ? [] : [{ at: ['set', path], message: problem }];
  });
}

/** Here a test can name a file in its stead. */
export function sampleWords(name: string): string {
  const { why, isKnown } = noSample(name, sampleNames());
  return isKnown ? why : `${why} There is: ${sampleNames().join(', ')}. For others name a file: payload and type.`;
}
