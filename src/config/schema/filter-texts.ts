import type { Facet, Filter } from '../../model/facets.ts';
import type { Option } from '../parts/editors.ts';

type Texts = Readonly<Record<string, Option>>;
type Table = Readonly<Record<string, Facet>>;

/** Filter → what it asks. */
export function filterTexts(facets: Table): Texts {
  const whole = filtersOf(facets).filter(({ key }) => !key.includes('.'));
  return Object.fromEntries(whole.map(({ key, without, text }) => [key, { without, text }]));
}

/** Filter that takes a mapping → what each part of that asks. */
export function partTexts(facets: Table): Readonly<Record<string, Texts>> {
  const byKey = Map.groupBy(filtersOf(facets).flatMap(partsOf), ({ key }) => key);
  return Object.fromEntries(
    Array.from(byKey, ([key, parts]) => [
      key,
      Object.fromEntries(parts.map(({ part, text }) => [part, { without: null, text }])),
    ]),
  );
}

function partsOf({ key, text, parts = {} }: Filter) {
  const [head = key, part] = key.split('.');
  if (part !== undefined) return [{ key: head, part, text }];
  return Object.entries(parts).map(([name, about]) => ({ key, part: name, text: about }));
}

function filtersOf(facets: Table): readonly Filter[] {
  return Object.values(facets).flatMap(({ filter }) => filter ?? []);
}
