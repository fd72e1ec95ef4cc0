import { type EventCatalog, type EventEntry, entryOf, merged } from '../../model/event-catalog.ts';
import { splitName } from '../../model/kind.ts';
import type { Catalog } from '../../model/plugin/catalog.ts';
import type { WrittenRule, WrittenSource } from './written.ts';

/** The events that somebody can hear of. */
export interface KnownEvents {
  readonly catalog: EventCatalog;
  /** Who sends them, for sentences: `GitHub`, `GitHub or Stripe`. */
  readonly senders: string;
}

/** What the sources send, or those that the rule names. Null: nobody knows all of it. */
export async function eventsFor(
  rule: WrittenRule,
  sources: readonly WrittenSource[],
  table: Catalog,
): Promise<KnownEvents | null> {
  const wanted = new Set(rule.sources.map(({ text }) => text));
  const heard = sources.filter(({ name }) => wanted.size === 0 || wanted.has(name));
  const names = heard.map(({ given }) => given['provider'] ?? table.byDefault.provider);
  if (sources.length === 0) names.push(table.byDefault.provider);
  const known = names.filter((name) => typeof name === 'string').filter((name) => Object.hasOwn(table.providers, name));
  // A source or a provider that is not there is told elsewhere.
  if (known.length === 0 || known.length < names.length) return null;
  const events = await eventsOf(table, known);
  // Its sender names events freely.
  return Object.hasOwn(events.catalog, '*') ? null : events;
}

/** What these providers send; one that the table does not have sends nothing. */
export async function eventsOf({ providers }: Catalog, names: readonly string[]): Promise<KnownEvents> {
  const rows = [...new Set(names)].flatMap((name) => (Object.hasOwn(providers, name) ? (providers[name] ?? []) : []));
  const loaded = await Promise.all(rows.map(async (load) => (await load()).provider));
  const catalogs = await Promise.all(loaded.map((provider) => provider.events()));
  return { catalog: merged(catalogs), senders: loaded.map(({ title }) => title).join(' or ') };
}

/** One event of a type that is known, by its whole name. */
export interface WholeName {
  readonly type: string;
  readonly action: string;
  readonly entry: EventEntry;
}

/** Null: the text is a type itself, or its type is not known. */
export function wholeNameIn(catalog: EventCatalog, text: string): WholeName | null {
  const { type, action } = splitName(text);
  const entry = entryOf(catalog, text) === undefined ? entryOf(catalog, type) : undefined;
  return entry === undefined || action === null ? null : { type, action, entry };
}

/** `a, b or c`: the best known of the events that fit. */
export function examples(catalog: EventCatalog, fits: (entry: EventEntry) => boolean, most: number): string {
  const types = Object.entries(catalog)
    .filter(([, entry]) => fits(entry))
    .toSorted(([, a], [, b]) => (b.alsoCalled?.length ?? 0) - (a.alsoCalled?.length ?? 0))
    .map(([type]) => type)
    .slice(0, most);
  return types.length < 2 ? types.join('') : `${types.slice(0, -1).join(', ')} or ${types.at(-1)}`;
}
