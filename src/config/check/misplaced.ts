import { SEVERITIES, TRANSITIONS } from '../../model/activity.ts';
import type { EventEntry, FacetName } from '../../model/event-catalog.ts';
import { CONCLUSIONS, MEANT_CONCLUSIONS } from './conclusions.ts';

// What people write as an action though it is none, and never will be: the value of a filter, or what its provider calls
// otherwise. A rule that waits for it never matches and never says why.

interface Filter {
  readonly key: string;
  readonly noun: string;
  readonly facet: FacetName;
  /** What the text means as a value of this filter. Undefined: it is none. */
  valueOf(text: string): string | undefined;
}

/** What many repositories have from the start, and what most give to unfinished work. */
const LABELS = ['bug', 'documentation', 'duplicate', 'enhancement', 'invalid', 'question', 'wip', 'wontfix'];
const BRANCHES = ['dev', 'develop', 'development', 'main', 'master', 'production', 'staging', 'trunk'];

const FILTERS: readonly Filter[] = [
  {
    key: 'conclusion',
    noun: 'a conclusion',
    facet: 'conclusion',
    valueOf: (text) => (CONCLUSIONS.includes(text) ? text : MEANT_CONCLUSIONS[text]),
  },
  { key: 'transition', noun: 'a transition', facet: 'transition', valueOf: oneOf(TRANSITIONS) },
  { key: 'severity', noun: 'a severity', facet: 'severity', valueOf: oneOf(SEVERITIES) },
  {
    key: 'tags',
    noun: 'a tag',
    facet: 'tag',
    valueOf: (text) => (/^v(?:\d|\*)/.test(text) ? text : undefined),
  },
  {
    key: 'branches',
    noun: 'a branch',
    facet: 'branch',
    valueOf: (text) => (BRANCHES.includes(text) || /[/*]/.test(text) ? text : undefined),
  },
  { key: 'labels', noun: 'a label', facet: 'labels', valueOf: oneOf(LABELS) },
];

/** What is wrong with an action that `type` has not, as a predicate. Undefined: its provider may have invented it. */
export function misplaced(type: string, { facets, mistaken }: EventEntry, text: string): string | undefined {
  const word = text.toLowerCase();
  if (mistaken !== undefined && Object.hasOwn(mistaken, word)) return mistaken[word];
  for (const { key, noun, facet, valueOf } of FILTERS) {
    const value = facets.includes(facet) ? valueOf(word) : undefined;
    if (value === undefined) continue;
    return `is ${noun}, not an action: write \`${type}: { ${key}: ${quoted(value)} }\`.`;
  }
  return undefined;
}

function oneOf(words: readonly string[]): Filter['valueOf'] {
  return (text) => words.find((word) => word === text);
}

/** What YAML would take for an alias, a tag or a list is written in quotes. */
function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `"${text}"`;
}
