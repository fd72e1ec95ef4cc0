import { type EventCatalog, type EventEntry, entryOf } from '../../model/event-catalog.ts';
import { FACETS, type Facet, type FacetName } from '../../model/facets.ts';
import type { Path } from '../place/yaml-map.ts';
import type { ConfigFile } from '../read/config-file.ts';
import { CONCLUSIONS, MEANT_CONCLUSIONS } from './conclusions.ts';
import { nearest, shown } from './did-you-mean.ts';
import { examples } from './known-events.ts';
import { eventsAt } from './written.ts';

/** Filters that need what an event may not have. `labels: { none: … }` holds for what has no labels, and is none of them. */
const FILTERS = Object.entries<Facet>(FACETS).flatMap(([name, { kind, filter }]) =>
  filter === null || !/^(?:word|ref|paths)$/.test(kind) || filter.key.includes('.')
    ? []
    : [{ key: filter.key, noun: filter.noun, facet: name as FacetName }],
);

/** Reports a filter that can never hold for its event: a rule that never matches and never says why. */
export function checkFilters(file: ConfigFile, rule: Path, catalog: EventCatalog): void {
  for (const { type, filter, placeOf, textsOf } of eventsAt(file, rule)) {
    const entry = entryOf(catalog, type);
    for (const { key, facet, noun } of entry === undefined ? [] : FILTERS) {
      if (filter[key] === undefined || entry?.facets.includes(facet)) continue;
      const others = examples(catalog, has(facet), 3);
      const where = others === '' ? '' : `: ${key} is for ${others}`;
      file.report(placeOf(key), `${type} has no ${noun}, so this would never match${where}.`, 'key');
    }
    for (const { text, place } of textsOf('conclusion')) {
      const near = CONCLUSIONS.includes(text) ? undefined : (MEANT_CONCLUSIONS[text] ?? nearest(text, CONCLUSIONS));
      if (near === undefined) continue;
      file.report(place, `${shown(file, place, text)} is not a conclusion. Did you mean "${near}"?`);
    }
  }
}

function has(facet: FacetName): (entry: EventEntry) => boolean {
  return ({ facets }) => facets.includes(facet);
}
