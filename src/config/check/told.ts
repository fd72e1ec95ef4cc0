import type { Rows } from '../rows/rows.ts';
import type { WrittenFile, WrittenRule } from './written.ts';

/** The destinations that a rule tells. `all`: the names of all. */
export function toldBy({ given, to }: WrittenRule, all: readonly string[]): readonly string[] {
  return given['to'] === undefined && to.length === 0 ? all : to.map(({ text }) => text);
}

/** The id of the person who alone reads a destination, as written. */
export function readerOf(name: string, { destinations }: WrittenFile, { channels }: Rows): string | null {
  const given = destinations.find((each) => each.name === name)?.given ?? {};
  return channels.get(String(given['type']))?.readerOf(given) ?? null;
}
