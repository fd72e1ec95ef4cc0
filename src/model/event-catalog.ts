import type { FacetName } from './facets.ts';

/**
 * told       to every rule that asks for the event
 * minor      only where a rule names the action; why, for people
 * minorWhen  minor or told, by what it says; when it is minor
 * never      whatever the rules say; why, for people: another event tells it
 */
export type ActionFate =
  | 'told'
  | { readonly minor: string }
  | { readonly minorWhen: string }
  | { readonly never: string };

/** One type of a provider's events. */
export interface EventEntry {
  /** By action, in the order they are listed. `''`: the event without an action. `'*'`: its sender names actions freely. */
  readonly actions: Readonly<Record<string, ActionFate>>;
  /** What it may say. A filter that asks for anything else never matches. */
  readonly facets: readonly FacetName[];
  /** What people write instead of the type: `pr`. Such events are named first as examples. */
  readonly alsoCalled?: readonly string[];
  /** What people write as an action and is none, in lower case → what to write, as the predicate of a sentence. */
  readonly mistaken?: Readonly<Record<string, string>>;
}

/** What a provider sends, as far as its folder knows, by type. What is not listed is told in general words. `'*'`: its sender names types freely. */
export type EventCatalog = Readonly<Record<string, EventEntry>>;

/** The entry of a type as somebody wrote it. */
export function entryOf(catalog: EventCatalog, type: string): EventEntry | undefined {
  return Object.hasOwn(catalog, type) ? catalog[type] : undefined;
}

/** Undefined: the action is not known. */
export function fateOf({ actions }: EventEntry, action: string | null): ActionFate | undefined {
  const key = action ?? '';
  return Object.hasOwn(actions, key) ? actions[key] : actions['*'];
}

/** Undefined: the type is not known, or not with that action. */
export function fateIn(catalog: EventCatalog, type: string, action: string | null): ActionFate | undefined {
  const entry = entryOf(catalog, type);
  return entry && fateOf(entry, action);
}

/** Null: a rule need not name it. */
export function whyMinor(fate: ActionFate | undefined): string | null {
  return typeof fate === 'object' && 'minor' in fate ? fate.minor : null;
}

/** Null: rules may ask for it. */
export function whyNever(fate: ActionFate | undefined): string | null {
  return typeof fate === 'object' && 'never' in fate ? fate.never : null;
}

/** Null: its sender names them freely. */
export function actionsOf({ actions }: EventEntry): readonly string[] | null {
  return '*' in actions ? null : Object.keys(actions).filter((action) => action !== '');
}

/** What several providers send. An event that two of them name alike may be either, and is told if one of them is. */
export function merged(catalogs: readonly EventCatalog[]): EventCatalog {
  const all: Record<string, EventEntry> = {};
  for (const [type, entry] of catalogs.flatMap((catalog) => Object.entries(catalog))) {
    const other = Object.hasOwn(all, type) ? all[type] : undefined;
    all[type] = other === undefined ? entry : either(other, entry);
  }
  return all;
}

function either(one: EventEntry, other: EventEntry): EventEntry {
  const told = Object.entries(one.actions).filter(([, fate]) => fate === 'told');
  return {
    actions: { ...one.actions, ...other.actions, ...Object.fromEntries(told) },
    facets: [...new Set([...one.facets, ...other.facets])],
    alsoCalled: [...(one.alsoCalled ?? []), ...(other.alsoCalled ?? [])],
    mistaken: { ...other.mistaken, ...one.mistaken },
  };
}
