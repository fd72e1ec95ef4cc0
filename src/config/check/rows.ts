import type { Schema, Written } from '../../model/plugin/plugin.ts';
import type { ConfigFile } from '../read/config-file.ts';
import { mapping, valueAt } from '../read/plain-data.ts';
import type { Row, Rows } from '../rows.ts';

/** Reports what a row says of its sources and destinations, and destinations that are reached in the same way as another. */
export function checkRows(file: ConfigFile, { providers, channels, byDefault }: Rows): void {
  for (const [name, given] of entriesOf(file, 'sources')) {
    const row = providers.get(textOr(given['provider'], byDefault.provider));
    if (row !== undefined) checkOwn(file, ['sources', name], given, row);
  }
  const owners = new Map<string, string>();
  for (const [name, given] of entriesOf(file, 'destinations')) {
    const row = channels.get(textOr(given['type'], ''));
    if (row === undefined) continue;
    checkOwn(file, ['destinations', name], given, row);
    checkAlone(file, name, given, row, owners);
  }
}

function entriesOf(file: ConfigFile, section: 'sources' | 'destinations'): readonly (readonly [string, Written])[] {
  return Object.entries(mapping(valueAt(file.data, [section]))).map(([name, given]) => [name, mapping(given)]);
}

/** What is no text is the schema's to tell. */
function textOr(value: unknown, other: string): string {
  return typeof value === 'string' ? value : other;
}

function checkOwn(file: ConfigFile, place: readonly string[], given: Written, { schema }: Row<Schema>): void {
  schema.check?.(given, (key, problem, part) => file.report([...place, key], problem, part));
}

/** Each destination keeps to the pace of its address for itself: two on one address would break it. */
function checkAlone(
  file: ConfigFile,
  name: string,
  given: Written,
  { title, schema }: Row<Schema>,
  owners: Map<string, string>,
): void {
  const found = schema.addressOf?.(given) ?? null;
  if (found === null) return;
  const address = `${title} ${found.address}`;
  const owner = owners.get(address);
  if (owner === undefined) {
    owners.set(address, name);
    return;
  }
  const message = `${name} and ${owner} post to the same ${found.what}: together they would go faster than ${title} allows. Keep one and name it in both rules.`;
  file.report(['destinations', name, found.key], message);
}
