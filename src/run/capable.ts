import type { Config, SourceConfig } from '../config/config.ts';
import type { Provider } from '../model/provider.ts';
import { providerOf } from './build.ts';

/** A source whose provider can do what is asked. */
export interface Capable<K extends keyof Provider<unknown>> {
  readonly source: SourceConfig;
  readonly provider: Provider<unknown> & Required<Pick<Provider<unknown>, K>>;
}

/** The sources whose provider can do this, in the order they are configured. */
export async function capable<K extends keyof Provider<unknown>>(
  { sources }: Pick<Config, 'sources'>,
  capability: K,
): Promise<readonly Capable<K>[]> {
  const all = await Promise.all(sources.map(async (source) => ({ source, provider: await providerOf(source) })));
  return all.filter((each): each is Capable<K> => each.provider[capability] !== undefined);
}
