import type { Variables } from '../model/plugin/variables.ts';
import type { DestinationConfig, SetDestination } from './config.ts';
import type { Plugins } from './plugins-of.ts';
import type { ConfigFile } from './read/config-file.ts';
import { valueAt } from './read/plain-data.ts';
import type { FileData } from './schema/file-schema.ts';

export interface DefaultDestination {
  readonly destination: SetDestination;
  /** Key → the variable that its secret is from. */
  readonly variables: Readonly<Record<string, string>>;
}

/** What there is in a file that names none: one of each type that variables make, else the one that needs none. */
export async function defaultDestinations(
  plugins: Plugins,
  variables: Variables,
): Promise<readonly DefaultDestination[]> {
  const made = await Promise.all(
    plugins.mentioned('channels').map(async (type) => {
      const { plugin, fromEnv } = await plugins.channel(type);
      const found = plugin.byDefault?.settings(variables) ?? null;
      if (found === null) return [];
      const settings = { ...fromEnv, ...found.settings };
      return [{ destination: await destinationOf(type, type, settings, plugins), variables: found.variables }];
    }),
  );
  if (made.flat().length > 0) return made.flat();
  const { channel } = plugins.byDefault;
  return [{ destination: await destinationOf(channel, channel, {}, plugins), variables: {} }];
}

/** Where the default destinations have their secrets from. */
export function variablesOfDefaults(
  all: readonly DefaultDestination[],
): readonly (readonly [place: string, variable: string])[] {
  return all.flatMap(({ destination: { name }, variables }) =>
    Object.entries(variables).map(([key, variable]) => [`destinations.${name}.${key}`, variable] as const),
  );
}

/** Those of the file. A destination whose variable is not set is there by its name only. */
export async function destinationsOf(
  destinations: NonNullable<FileData['destinations']>,
  file: ConfigFile | null,
  plugins: Plugins,
): Promise<readonly DestinationConfig[]> {
  return Promise.all(
    Object.entries(destinations).map(
      async ([name, { type, ...settings }]) =>
        (await unsetDestination(name, file, plugins)) ?? (await destinationOf(name, type, settings, plugins)),
    ),
  );
}

async function destinationOf(
  name: string,
  type: string,
  written: Readonly<Record<string, unknown>>,
  plugins: Plugins,
): Promise<SetDestination> {
  const { plugin, fromEnv } = await plugins.channel(type);
  const settings = { ...fromEnv, ...written };
  const service = plugin.byDefault === undefined ? null : plugin.title;
  const reader = plugin.readerOf?.(settings) ?? null;
  const takes = plugin.takesAll?.(settings) ?? null;
  const rest = {
    ...(takes && { takes }),
    ...(plugin.isAsked?.(settings) && ({ isAsked: true } as const)),
    ...(plugin.isDirect?.(settings) && ({ isDirect: true } as const)),
  };
  return { name, type, service, settings, words: plugin.words(settings), reader, ...rest };
}

async function unsetDestination(
  name: string,
  file: ConfigFile | null,
  plugins: Plugins,
): Promise<DestinationConfig | null> {
  const unset = file?.unset.filter(({ path }) => path[0] === 'destinations' && path[1] === name) ?? [];
  if (unset.length === 0) return null;
  const type = String(valueAt(file?.data, ['destinations', name, 'type']));
  // As it is written: without its variables nothing of it can be parsed.
  const written = valueAt(file?.data, ['destinations', name]);
  const { plugin } = await plugins.channel(type);
  const takes = plugin.takesAll?.(written) ?? null;
  return {
    name,
    type,
    ...(takes && { takes }),
    ...(plugin.isAsked?.(written) && ({ isAsked: true } as const)),
    ...(plugin.isDirect?.(written) && ({ isDirect: true } as const)),
    service: null,
    words: 'not set here',
    settings: null,
    variables: new Map(unset.map(({ path, variable }) => [String(path[2]), variable])),
  };
}
