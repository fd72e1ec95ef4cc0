import { CATALOG } from '../catalog.ts';
import type { Samples } from '../model/plugin/samples.ts';

export interface ProviderSamples {
  /** The row's name. */
  readonly provider: string;
  readonly samples: Samples;
}

/** Of every provider that has some, in the order of the table. */
export async function allSamples(): Promise<readonly ProviderSamples[]> {
  const all = await Promise.all(
    Object.entries(CATALOG.providers).map(async ([name, load]) => {
      const samples = await (await load()).provider.samples?.();
      return samples === undefined ? [] : [{ provider: name, samples }];
    }),
  );
  return all.flat();
}
