import type { Catalog } from '../model/plugin/catalog.ts';
import type { Channel } from '../model/plugin/channel.ts';
import type { Plugin } from '../model/plugin/plugin.ts';
import type { Provider } from '../model/plugin/provider.ts';
import type { Variables } from '../model/plugin/variables.ts';
import { Secret } from '../shared/secret.ts';
import type { Config, Settings } from './config.ts';
import type { Env } from './read/process-env.ts';
import { secretsIn } from './read/secrets-in.ts';
import { mentioned } from './rows/mentioned-rows.ts';
import { type Rows, rowsOf } from './rows/rows.ts';

/** The rows that one load of the configuration uses, each with what variables say of its kind: read, and told, once. */
export interface Plugins {
  provider(name: string): Promise<ProviderInUse>;
  channel(name: string): Promise<ChannelInUse>;
  /** Rows one of whose variables is set. */
  mentioned(section: 'providers' | 'channels'): readonly string[];
  readonly byDefault: Catalog['byDefault'];
  /** Every row with its keys: loads zod. */
  rows(): Promise<Rows>;
  /** What variables said of the rows in use, by `<row>_<key>`. */
  rowSettings(): Config['rowSettings'];
}

interface ProviderInUse {
  readonly plugin: Provider<unknown>;
  readonly fromEnv: Settings;
  /** Those of its variable. */
  readonly secrets: readonly Secret[];
  /** What does without them, by its variable. Null: that is not set, or there is no such thing. */
  readonly instead: Secret | null;
}

interface ChannelInUse {
  readonly plugin: Channel<unknown>;
  readonly fromEnv: Settings;
}

export function pluginsOf(catalog: Catalog, env: Env, variables: Variables): Plugins {
  const { providers, channels, byDefault } = catalog;
  const rows = once(() => rowsOf(catalog));
  const rowSettings = new Map<string, Secret | string | null>();

  function fromEnv(name: string, plugin: Plugin<unknown>): Settings {
    const said: Settings = { ...plugin.fromEnv?.(variables) };
    for (const [key, value] of Object.entries(said)) {
      if (value === null || typeof value === 'string' || value instanceof Secret)
        rowSettings.set(`${name}_${key}`, value);
    }
    return said;
  }

  return {
    byDefault,
    rows: () => rows(''),
    rowSettings: () => Object.fromEntries(rowSettings),
    mentioned: (section) => mentioned(Object.keys(section === 'providers' ? providers : channels), env),
    provider: once(async (name) => {
      const { provider: plugin } = await rowOf(providers, name);
      const { instead } = plugin.secret;
      return {
        plugin,
        fromEnv: fromEnv(name, plugin),
        secrets: secretsIn(plugin, env, variables),
        instead: instead ? variables.token(instead.variable, instead.problemOf) : null,
      };
    }),
    channel: once(async (name) => {
      const { channel: plugin } = await rowOf(channels, name);
      return { plugin, fromEnv: fromEnv(name, plugin) };
    }),
  };
}

async function rowOf<T>(rows: Readonly<Record<string, () => Promise<T>>>, name: string): Promise<T> {
  const load = rows[name];
  if (load === undefined) throw new Error(`there is no row "${name}"`);
  return load();
}

function once<T>(load: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const loaded = new Map<string, Promise<T>>();
  return (name) => {
    const found = loaded.get(name) ?? load(name);
    loaded.set(name, found);
    return found;
  };
}
