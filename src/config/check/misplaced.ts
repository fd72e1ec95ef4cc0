import type { EventEntry } from '../../model/event-catalog.ts';
import { type AskableFacet, FACETS, type Facet, type FacetName } from '../../model/facets.ts';
import { CONCLUSIONS, MEANT_CONCLUSIONS } from './conclusions.ts';

// What people write as an action though it is none, and never will be: the value of a filter, or what its provider calls
// otherwise. A rule that waits for it never matches and never says why.

/** What is wrong with an action that `type` has not, as a predicate. Undefined: its provider may have invented it. */
export function misplaced(type: string, { facets, mistaken }: EventEntry, text: string): string | undefined {
  const word = text.toLowerCase();
  if (mistaken !== undefined && Object.hasOwn(mistaken, word)) return mistaken[word];
  for (const [name, row] of Object.entries<Facet>(FACETS)) {
    if (row.filter === null || !facets.includes(name as FacetName)) continue;
    const { key, noun } = row.filter;
    const value = valueOf(text, row);
    if (value === undefined) continue;
    return `is ${withArticle(noun)}, not an action: write \`${type}: { ${key}: ${quoted(value)} }\`.`;
  }
  return undefined;
}

/** What the text means as a value of the filter. Undefined: it is none. */
function valueOf(text: string, { words, filter }: AskableFacet): string | undefined {
  const word = text.toLowerCase();
  if (filter.key === 'conclusion') return CONCLUSIONS.includes(word) ? word : MEANT_CONCLUSIONS[word];
  if (words?.includes(word) === true) return word;
  return filter.usual?.test(word) === true ? text : undefined;
}

/** `labels` → `a label` */
function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun.replace(/s$/, '')}`;
}

/** What YAML would take for an alias, a tag or a list is written in quotes. */
function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `"${text}"`;
}
