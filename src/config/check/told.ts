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

/** A rule that wants conversations or cards where there are none. `destinations`: the names of all. */
export function remarksOnThreads(
  rule: WrittenRule,
  { destinations: written }: WrittenFile,
  destinations: readonly string[],
  { channels }: Rows,
): readonly Remark[] {
  const told = toldBy(rule, destinations);
  return (['thread', 'card'] as const).flatMap((key): readonly Remark[] => {
    if (rule.given[key] !== true) return [];
    const lacking = written.flatMap(({ name, given }) => {
      const row = told.includes(name) ? channels.get(String(given['type'])) : undefined;
      const why = row && (key === 'thread' ? row.whyNoThreads(given) : row.whyNoCards(given));
      return typeof why === 'string' ? [`${name} (${why})`] : [];
    });
    // Where it tells all of them, it means those that have some.
    const isMeant = rule.to.length > 0 || lacking.length === told.length;
    if (lacking.length === 0 || !isMeant) return [];
    const message = `${key} changes nothing in ${lacking.join(', ')}.`;
    return [{ place: [...rule.place, key], part: 'key', message, kind: 'note' }];
  });
}
