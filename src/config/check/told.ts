import type { Remark } from '../read/config-file.ts';
import type { ChannelRow, Rows } from '../rows/rows.ts';
import type { Mapping, Named, WrittenFile, WrittenRule } from './written.ts';

/** The destinations that a rule tells. `all`: the names of all. */
export function toldBy({ given, to }: WrittenRule, all: readonly string[]): readonly string[] {
  return given['to'] === undefined && to.length === 0 ? all : to.map(({ text }) => text);
}

/** The id of the person who alone reads a destination, as written. */
export function readerOf(name: string, { destinations }: WrittenFile, { channels }: Rows): string | null {
  const given = destinations.find((each) => each.name === name)?.given ?? {};
  return channels.get(String(given['type']))?.readerOf(given) ?? null;
}

/** Whether a destination as written tells people by direct message. One that is made in code says so itself. */
export function isDirect({ given }: Named, { channels }: Rows): boolean {
  return channels.get(String(given['type']))?.isDirect(given) ?? given['isDirect'] === true;
}

/** A rule that wants what it tells shown in a way that it can't be there. `destinations`: the names of all. */
export function remarksOnShowing(
  rule: WrittenRule,
  written: WrittenFile,
  destinations: readonly string[],
  { channels }: Rows,
): readonly Remark[] {
  const told = toldBy(rule, destinations);
  return KEYS.flatMap((key): readonly Remark[] => {
    const lacking = written.destinations.flatMap(({ name, given }) => {
      const row = told.includes(name) ? channels.get(String(given['type'])) : undefined;
      const why = row && whyInVain(key, rule.given, given, { row, written });
      return typeof why === 'string' ? [`${name} (${why})`] : [];
    });
    // Where it tells all of them, it means those that can.
    const isMeant = rule.to.length > 0 || lacking.length === told.length;
    if (lacking.length === 0 || !isMeant) return [];
    const words = rule.given[key] === 'none' ? `${key}: none` : key;
    const message = `${words} changes nothing in ${lacking.join(', ')}.`;
    return [{ place: [...rule.place, key], part: 'key', message, kind: 'note' }];
  });
}

/** A destination with a key that does nothing beside the others. */
export function remarksOnKeysInVain({ destinations }: WrittenFile, { channels }: Rows): readonly Remark[] {
  return destinations.flatMap(({ name, given }): readonly Remark[] => {
    const alike = destinations.filter((each) => each.given['type'] === given['type']);
    const all = alike.map((each) => each.given);
    const found = channels.get(String(given['type']))?.whyInVain(given, all) ?? null;
    if (found === null) return [];
    const message = `${found.key} does nothing: ${found.why}.`;
    return [{ place: ['destinations', name, found.key], part: 'key', message, kind: 'note' }];
  });
}

const KEYS = ['thread', 'card', 'broadcast'] as const;

function whyInVain(
  key: (typeof KEYS)[number],
  { [key]: wanted }: Mapping,
  given: Mapping,
  { row, written }: { readonly row: ChannelRow; readonly written: WrittenFile },
): string | null {
  if (key === 'broadcast') return [wanted ?? []].flat().length > 0 ? row.whyNoBroadcasts(given) : null;
  if (key === 'thread' && wanted === true) return row.whyNoThreads(given);
  if (wanted !== true && wanted !== 'none') return null;
  const isWanted = [given, written.defaults.given, ...written.rules.map((rule) => rule.given)].some(({ card }) => card);
  return row.whyNoCards(given) ?? (isWanted ? null : 'nothing has a card there without card: true');
}
