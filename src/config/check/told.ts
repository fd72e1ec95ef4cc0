import type { Remark } from '../read/config-file.ts';
import type { Rows } from '../rows/rows.ts';
import type { Named, WrittenFile, WrittenRule } from './written.ts';

/** The destinations that a rule tells. `all`: the names of all. */
export function toldBy({ given, to }: WrittenRule, all: readonly string[]): readonly string[] {
  return given['to'] === undefined && to.length === 0 ? all : to.map(({ text }) => text);
}

/** The id of the person who alone reads a destination, as written. */
export function readerOf(name: string, { destinations }: WrittenFile, { channels }: Rows): string | null {
  const given = destinations.find((each) => each.name === name)?.given ?? {};
  return channels.get(String(given['type']))?.readerOf(given) ?? null;
}

/** Whether a destination as written tells people by direct message. */
export function isDirect({ given }: Named, { channels }: Rows): boolean {
  return channels.get(String(given['type']))?.isDirect(given) ?? false;
}

/** A rule that wants conversations where there are none. `destinations`: the names of all. */
export function remarksOnThreads(
  rule: WrittenRule,
  { destinations: written }: WrittenFile,
  destinations: readonly string[],
  { channels }: Rows,
): readonly Remark[] {
  if (rule.given['thread'] !== true) return [];
  const told = toldBy(rule, destinations);
  const lacking = written.flatMap(({ name, given }) => {
    const why = told.includes(name) ? (channels.get(String(given['type']))?.whyNoThreads(given) ?? null) : null;
    return why === null ? [] : [`${name} (${why})`];
  });
  // Where it tells all of them, it means those that have some.
  const isMeant = rule.to.length > 0 || lacking.length === told.length;
  if (lacking.length === 0 || !isMeant) return [];
  const message = `thread changes nothing in ${lacking.join(', ')}.`;
  return [{ place: [...rule.place, 'thread'], part: 'key', message, kind: 'note' }];
}
