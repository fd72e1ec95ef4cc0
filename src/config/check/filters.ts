import { type EventCatalog, type EventEntry, entryOf, type FacetName } from '../../model/event-catalog.ts';
import type { Path } from '../place/yaml-map.ts';
import type { ConfigFile } from '../read/config-file.ts';
import { CONCLUSIONS, MEANT_CONCLUSIONS } from './conclusions.ts';
import { nearest, shown } from './did-you-mean.ts';
import { examples } from './known-events.ts';
import { eventsAt } from './written.ts';

/** Filters that need what an event may not have. `labels: { none: … }` holds for what has no labels, and is none of them. */
const FILTERS: Readonly<Record<string, { readonly facet: FacetName; readonly noun: string }>> = {
  branches: { facet: 'branch', noun: 'branch' },
  tags: { facet: 'tag', noun: 'tag' },
  paths: { facet: 'paths', noun: 'changed files' },
  conclusion: { facet: 'conclusion', noun: 'conclusion' },
  transition: { facet: 'transition', noun: 'result' },
  severity: { facet: 'severity', noun: 'severity' },
};

/** Reports a filter that can never hold for its event: a rule that never matches and never says why. */
export function checkFilters(file: ConfigFile, rule: Path, catalog: EventCatalog): void {
  for (const { type, filter, placeOf, textsOf } of eventsAt(file, rule)) {
    const entry = entryOf(catalog, type);
    for (const [key, { facet, noun }] of entry === undefined ? [] : Object.entries(FILTERS)) {
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
