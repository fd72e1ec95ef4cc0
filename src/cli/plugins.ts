import { CATALOG } from '../catalog.ts';
import type { Plugin } from '../model/plugin/plugin.ts';
import type { Provider } from '../model/plugin/provider.ts';

interface NamedPlugin {
  /** Its row of the table. */
  readonly name: string;
  readonly plugin: Plugin<unknown>;
}

/** Every row of the table: first where messages go, then who sends events. */
export async function allPlugins(): Promise<readonly NamedPlugin[]> {
  const { channels, providers } = CATALOG;
  return Promise.all([
    ...Object.entries(channels).map(async ([name, load]) => ({ name, plugin: (await load()).channel })),
    ...Object.entries(providers).map(async ([name, load]) => ({ name, plugin: (await load()).provider })),
  ]);
}

/** Who sends events, and can do this. Loads every row. */
export async function providersThat(can: keyof Provider<unknown>): Promise<readonly Provider<unknown>[]> {
  const all = await Promise.all(Object.values(CATALOG.providers).map(async (load) => (await load()).provider));
  return all.filter((provider) => provider[can] !== undefined);
}

/** `Slack and GitHub` */
export function titles(plugins: readonly Pick<Plugin<unknown>, 'title'>[], and: 'and' | 'or'): string {
  const all = plugins.map(({ title }) => title);
  const last = all.at(-1) ?? 'nobody';
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} ${and} ${last}`;
}

/** The variable that holds what they are asked with: `GITHUB_TOKEN`. */
export function tokenOf(providers: readonly Pick<Provider<unknown>, 'tokenVariable'>[]): string {
  return providers.flatMap(({ tokenVariable }) => tokenVariable ?? []).join(' or ') || 'a token';
}
