import { CATALOG } from '../catalog.ts';
import type { Config, SourceConfig } from '../config/config.ts';
import type { Provider } from '../model/plugin/provider.ts';
import type { Template } from '../model/rule.ts';
import type { Source } from '../model/source.ts';

export async function buildSources({ sources }: Pick<Config, 'sources'>): Promise<readonly Source[]> {
  return Promise.all(sources.map(async (source) => (await providerOf(source)).source(source)));
}

/** By their names, as events call them. */
export async function sourcesByName(config: Pick<Config, 'sources'>): Promise<ReadonlyMap<string, Source>> {
  return new Map((await buildSources(config)).map((source) => [source.name, source]));
}

/** How they word what they tell, by their names; without those that do not. */
export function templatesOf({ sources }: Pick<Config, 'sources'>): ReadonlyMap<string, Template> {
  return new Map(sources.flatMap(({ name, template }) => (template === null ? [] : [[name, template] as const])));
}

/** The row behind a source. */
export async function providerOf({ provider }: Pick<SourceConfig, 'provider'>): Promise<Provider<unknown>> {
  const row = await CATALOG.providers[provider]?.();
  if (row === undefined) throw new Error(`there is no provider "${provider}"`);
  return row.provider;
}

/** A source whose provider can do what is asked. */
export interface Capable<K extends keyof Provider<unknown>> {
  readonly source: SourceConfig;
  readonly provider: Provider<unknown> & Required<Pick<Provider<unknown>, K>>;
}

/** The sources whose provider can do this, in the order they are configured; of them the one of that name, if it is given. */
export async function capable<K extends keyof Provider<unknown>>(
  { sources }: Pick<Config, 'sources'>,
  capability: K,
  name?: string,
): Promise<readonly Capable<K>[]> {
  const all = await Promise.all(sources.map(async (source) => ({ source, provider: await providerOf(source) })));
  return all
    .filter(({ source }) => name === undefined || source.name === name)
    .filter((each): each is Capable<K> => each.provider[capability] !== undefined);
}
