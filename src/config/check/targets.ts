import type { Remark } from '../read/config-file.ts';
import type { Rows } from '../rows/rows.ts';
import { NO_REPO } from '../schema/filter-schema.ts';
import { didYouMean, nearest } from './did-you-mean.ts';
import { withoutMark } from './people/people-told.ts';
import { shown } from './shown.ts';
import type { Text, WrittenFile } from './written.ts';

/** Destinations that a rule tells, or a test expects, and that are not there. `known`: the names of all. */
export function remarksOnTargets(
  named: readonly Text[],
  known: readonly string[],
  written: WrittenFile,
  rows: Rows,
): readonly Remark[] {
  return named
    .filter(({ text }) => !known.includes(text))
    .map(({ text, place, variable, part }): Remark => {
      const special =
        variable === undefined
          ? (withoutMark(text, written) ?? hint(text, written.destinations.length === 0, rows))
          : undefined;
      return {
        place,
        part: part ?? 'value',
        message: `no destination is named ${shown(text, variable)}.${special ?? didYouMean(text, known)}`,
      };
    });
}

/** Undefined: it may be misspelt. */
function hint(name: string, areDefault: boolean, { channels }: Rows): string | undefined {
  if (/^(?:nobody|none|nothing|null)$/i.test(name)) return ' Nobody is written [].';
  if (name.startsWith('#')) {
    const { schema } = [...channels.values()].find(({ schema }) => schema.forChannel) ?? {};
    if (schema?.forChannel)
      return ` A rule names a destination, and that has the channel: \`destinations: { ${name.slice(1)}: ${schema.forChannel(name)} }\`.`;
  }
  const { title, variable = null } = channels.get(name) ?? {};
  if (variable === null || !areDefault) return undefined;
  return ` ${title} is not connected: set ${variable}, or leave \`to\` out for whatever is.`;
}

/** Sources that a rule asks for and that are not there. A pattern may be about sources that come later. */
export function remarksOnAskedSources(asked: readonly Text[], known: readonly string[]): readonly Remark[] {
  return asked.flatMap(({ text, place, variable }) => {
    const name = text.replace(/^!/, '');
    if (/[*?[{\\]/.test(name) || name === '' || known.includes(name)) return [];
    return [{ place, message: `no source is named ${shown(name, variable)}.${didYouMean(name, known)}` }];
  });
}

/** Sources that a destination names, by a key that is for that, and that are not there, or another provider's. */
export function remarksOnNamedSources(
  { destinations, sources }: WrittenFile,
  known: readonly string[],
  { channels, byDefault }: Rows,
): readonly Remark[] {
  const written = new Map(sources.map((source) => [source.name, source.given['provider'] ?? byDefault.provider]));
  // Those that nobody has written are called like their providers.
  const providers = new Map([...known.map((name) => [name, name] as const), ...written]);
  return destinations.flatMap(({ name, given }) => {
    const { keys = {} } = channels.get(String(given['type']))?.schema ?? {};
    return Object.keys(keys).flatMap((key) => {
      const value = keys[key]?.names === 'sources' ? given[key] : [];
      return [value].flat().flatMap((text, index): readonly Remark[] => {
        if (typeof text !== 'string') return [];
        const place = ['destinations', name, key, ...(Array.isArray(value) ? [index] : [])];
        const [wanted, actual] = [keys[key]?.provider, providers.get(text)];
        if (wanted !== undefined && typeof actual === 'string' && actual !== wanted)
          return [
            {
              place,
              message: `${shown(text, undefined)} is a source of ${actual}: ${key} wants one of ${wanted}.`,
            },
          ];
        if (known.includes(text)) return [];
        return [{ place, message: `no source is named ${shown(text, undefined)}.${didYouMean(text, known)}` }];
      });
    });
  });
}

/** Lists of repositories that a rule names and that are not there. */
export function remarksOnRepos(named: readonly Text[], { repos: lists }: WrittenFile): readonly Remark[] {
  const known = lists.map(({ name }) => name);
  return named.flatMap(({ text, place, variable }) => {
    const name = text.replace(/^!/, '');
    if (!/^[\w-]+$/.test(name) || known.includes(name)) return [];
    const near = nearest(name, known);
    const meant = near === undefined ? `A repository ${NO_REPO}` : `Did you mean "${near}"?`;
    const message =
      known.length === 0 ? `repos ${NO_REPO}` : `no list in repos is named ${shown(name, variable)}. ${meant}`;
    return [{ place, message }];
  });
}
