import type { Catalog } from '../../model/plugin/catalog.ts';
import type { Path } from '../place/yaml-map.ts';
import type { ConfigFile } from '../read/config-file.ts';
import { mapping, valueAt } from '../read/plain-data.ts';
import { eventsOf, type KnownEvents } from './known-events.ts';
import { textsAt } from './written.ts';

/** What the file's sources send, or those that the rule names. Null: nobody knows all of it. */
export async function eventsFor(file: ConfigFile, rule: Path, table: Catalog): Promise<KnownEvents | null> {
  const wanted = new Set(textsAt(file, [...rule, 'sources']).map(({ text }) => text));
  const sources = Object.entries(mapping(valueAt(file.data, ['sources'])));
  const heard = sources.filter(([name]) => wanted.size === 0 || wanted.has(name));
  const names = heard.map(([, source]) => mapping(source)['provider'] ?? table.byDefault.provider);
  if (sources.length === 0) names.push(table.byDefault.provider);
  const known = names.filter((name) => typeof name === 'string').filter((name) => Object.hasOwn(table.providers, name));
  // A source or a provider that is not there is told elsewhere.
  return known.length === 0 || known.length < names.length ? null : eventsOf(table, known);
}
