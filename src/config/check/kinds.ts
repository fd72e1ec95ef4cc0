import type { Schema, Written } from '../../model/plugin.ts';
import type { Kind, Kinds } from '../kinds.ts';
import type { ConfigFile } from '../read/config-file.ts';
import { mapping, valueAt } from '../read/plain-data.ts';

/** Reports what a row says of its sources and destinations, and destinations that are reached in the same way as another. */
export function checkKinds(file: ConfigFile, { providers, channels, byDefault }: Kinds): void {
  for (const [name, given] of entriesOf(file, 'sources')) {
    const kind = providers.get(textOr(given['provider'], byDefault.provider));
    if (kind !== undefined) checkOwn(file, ['sources', name], given, kind);
  }
  const owners = new Map<string, string>();
  for (const [name, given] of entriesOf(file, 'destinations')) {
    const kind = channels.get(textOr(given['type'], ''));
    if (kind === undefined) continue;
    checkOwn(file, ['destinations', name], given, kind);
    checkAlone(file, name, given, kind, owners);
  }
}

function entriesOf(file: ConfigFile, section: 'sources' | 'destinations'): readonly (readonly [string, Written])[] {
  return Object.entries(mapping(valueAt(file.data, [section]))).map(([name, given]) => [name, mapping(given)]);
}

/** What is no text is the schema's to tell. */
function textOr(value: unknown, other: string): string {
  return typeof value === 'string' ? value : other;
}

function checkOwn(file: ConfigFile, place: readonly string[], given: Written, { schema }: Kind<Schema>): void {
  schema.check?.(given, (key, problem, part) => file.report([...place, key], problem, part));
}

/** Each destination keeps to the pace of its address for itself: two on one address would break it. */
function checkAlone(
  file: ConfigFile,
  name: string,
  given: Written,
  { title, schema }: Kind<Schema>,
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
