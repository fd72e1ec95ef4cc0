import type { SubjectState } from './card.ts';
import { textOfFact } from './read-fact.ts';

const OVER: ReadonlySet<string | null> = new Set(['merged', 'closed', 'resolved']);

/** Nothing more is expected of it. */
export function isOver({ facts }: Pick<SubjectState, 'facts'>): boolean {
  return OVER.has(textOfFact(facts, 'state'));
}
