import type { CheckSample } from '../config/check/tests.ts';
import { noSample } from './no-sample.ts';
import { allSamples, type ProviderSamples } from './samples.ts';

/** What is wrong with a test that changes a built-in sample, each with its place in the test. */
export async function sampleChecker(): Promise<CheckSample> {
  const all = await allSamples();
  return (name, set) => {
    const { samples, made } = madeBy(all, name);
    if (samples === undefined || made === undefined) return [{ at: ['event'], message: sampleWords(all, name) }];
    const payload = structuredClone(made.payload);
    return Object.entries(set).flatMap(([path, value]) => {
      const problem = samples.change(payload, path, value);
      return problem === null ? [] : [{ at: ['set', path], message: problem }];
    });
  };
}

/** Whose sample it is. Nothing: nobody's. */
export function madeBy(all: readonly ProviderSamples[], name: string, now = 0) {
  const found = all.find(({ samples }) => samples.names().includes(name));
  return { ...found, made: found?.samples.make(name, 0, now) };
}

/** Here a test can name a file in its stead. */
export function sampleWords(all: readonly ProviderSamples[], name: string): string {
  const names = all.flatMap(({ samples }) => samples.names());
  const { why, isKnown } = noSample(name, names);
  return isKnown ? why : `${why} There is: ${names.join(', ')}. For others name a file: payload and type.`;
}
