import type { SubjectState } from './card.ts';

const OVER = new Set(['merged', 'closed', 'resolved']);

/** Nothing more is expected of it. */
export function isOver({ facts }: Pick<SubjectState, 'facts'>): boolean {
  const state = facts['state']?.value;
  return typeof state === 'string' && OVER.has(state);
}
