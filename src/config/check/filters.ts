import { type EventCatalog, type EventEntry, entryOf } from '../../model/event-catalog.ts';
import { FACETS, type Facet, type FacetName } from '../../model/facets.ts';
import type { Remark } from '../read/config-file.ts';
import { CONCLUSIONS, MEANT_CONCLUSIONS } from './conclusions.ts';
import { nearest } from './did-you-mean.ts';
import { examples, wholeNameIn } from './known-events.ts';
import { shown } from './shown.ts';
import type { WrittenEvent } from './written.ts';

/** Filters that need what an event may not have. `labels: { none: … }` holds for what has no labels, and is none of them. */
const FILTERS = Object.entries<Facet>(FACETS).flatMap(([name, { kind, filter }]) =>
  filter === null || !/^(?:word|code|ref|logins|paths|names)$/.test(kind) || filter.key.includes('.')
    ? []
    : [{ key: filter.key, noun: filter.noun, facet: name as FacetName }],
);

/** A filter that can never hold for its event: a rule that never matches and never says why. */
export function remarksOnFilters(events: readonly WrittenEvent[], catalog: EventCatalog): readonly Remark[] {
  return events.flatMap((event) => [...notSaid(event, catalog), ...conclusions(event)]);
}

function notSaid({ type: { text: type }, filter, placeOf }: WrittenEvent, catalog: EventCatalog): readonly Remark[] {
  const entry = entryOf(catalog, type) ?? wholeNameIn(catalog, type)?.entry;
  if (entry === undefined) return [];
  return FILTERS.filter(({ key, facet }) => filter[key] !== undefined && !entry.facets.includes(facet)).map(
    ({ key, facet, noun }) => {
      const others = examples(catalog, has(facet), 3);
      const where = others === '' ? '' : `: ${key} is for ${others}`;
      const message = `${type} has no ${noun}, so this would never match${where}.`;
      return { place: placeOf(key), message, part: 'key' };
    },
  );
}

function has(facet: FacetName): (entry: EventEntry) => boolean {
  return ({ facets }) => facets.includes(facet);
}

function conclusions({ textsOf }: WrittenEvent): readonly Remark[] {
  return textsOf('conclusion').flatMap(({ text, place, variable }) => {
    const near = CONCLUSIONS.includes(text) ? undefined : (MEANT_CONCLUSIONS[text] ?? nearest(text, CONCLUSIONS));
    if (near === undefined) return [];
    return [{ place, message: `${shown(text, variable)} is not a conclusion. Did you mean "${near}"?` }];
  });
}
