import type { Catalog } from '../../model/plugin/catalog.ts';
import { readBounded } from '../read/bounded-file.ts';
import type { Env } from '../read/process-env.ts';
import { configFilePath } from '../read/read-config-file.ts';

/**
 * The table without the rows that neither the file nor a variable can mean, as far as their names tell: each costs its start memory and time.
 * Null: there is no file to look into, so that no row is loaded but those in use. `instead`: a text in the place of the file.
 */
export function mentionedRows(catalog: Catalog, env: Env, cwd: string, instead?: string): Catalog | null {
  const text = instead ?? textAt(configFilePath(env, cwd));
  if (text === null) return null;
  const { providers, channels, byDefault } = catalog;
  return {
    ...catalog,
    providers: only(providers, byDefault.provider, text, env),
    channels: only(channels, byDefault.channel, text, env),
  };
}

/** A row's variables begin with its name, so that one that has none set need not be loaded. */
export function mentioned(names: readonly string[], env: Env): readonly string[] {
  const set = Object.keys(env).filter((variable) => env[variable]);
  return names.filter((name) => {
    const prefix = `${name.toUpperCase().replaceAll('-', '_')}_`;
    return set.some((variable) => variable.startsWith(prefix));
  });
}

function textAt(path: string): string | null {
  try {
    return readBounded(path).toString('utf8');
  } catch {
    // Safe to go on: who reads it next says what is wrong with it.
    return null;
  }
}

function only<T>(
  rows: Readonly<Record<string, T>>,
  byDefault: string,
  text: string,
  env: Env,
): Readonly<Record<string, T>> {
  const byVariables = mentioned(Object.keys(rows), env);
  const isWanted = (name: string) => name === byDefault || text.includes(name) || byVariables.includes(name);
  return Object.fromEntries(Object.entries(rows).filter(([name]) => isWanted(name)));
}
