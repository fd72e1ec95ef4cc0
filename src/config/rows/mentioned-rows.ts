import type { Catalog } from '../../model/plugin/catalog.ts';
import { readBounded } from '../read/bounded-file.ts';
import type { Env } from '../read/process-env.ts';
import { configFilePath } from '../read/read-config-file.ts';

/**
 * The table without the rows that neither the file nor a variable can mean, as far as their names tell: each costs its start memory and time.
 * Null: there is no file to look into, so that no row is loaded but those in use.
 */
export function mentionedRows(catalog: Catalog, env: Env, cwd: string): Catalog | null {
  const text = textAt(configFilePath(env, cwd));
  if (text === null) return null;
  const { providers, channels, byDefault } = catalog;
  const variables = Object.keys(env).filter((name) => env[name]);
  const isMentioned = (name: string) =>
    text.includes(name) || variables.some((variable) => variable.startsWith(name.toUpperCase().replaceAll('-', '_')));
  return {
    ...catalog,
    providers: only(providers, (name) => name === byDefault.provider || isMentioned(name)),
    channels: only(channels, (name) => name === byDefault.channel || isMentioned(name)),
  };
}

function textAt(path: string): string | null {
  try {
    return readBounded(path).toString('utf8');
  } catch {
    // Safe to go on: who reads it next says what is wrong with it.
    return null;
  }
}

function only<T>(rows: Readonly<Record<string, T>>, isWanted: (name: string) => boolean): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(rows).filter(([name]) => isWanted(name)));
}
