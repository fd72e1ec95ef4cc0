import type { Heard } from '../../model/known/card.ts';
import { checksOf, mergedFacts, mergedHeard, saysOtherwise } from '../../model/known/facts.ts';
import { factsFromStored, factsToStored, type SubjectRow } from './stored-facts.ts';

/** What is to be written of one subject. */
export interface Learned extends SubjectRow {
  readonly checks: string | null;
  /** Cards that show it show too little now. */
  readonly isNews: boolean;
}

/** What is known once this was heard, too: of subjects of which that is other than before. `before`: what is stored, by thread. */
export function learnedFrom(heard: readonly Heard[], before: ReadonlyMap<string, SubjectRow>): readonly Learned[] {
  return mergedHeard(heard).flatMap(({ thread, facts }): readonly Learned[] => {
    const row = before.get(thread);
    const known = factsFromStored(row?.facts ?? null);
    const merged = mergedFacts(known, facts);
    const stored = factsToStored(merged);
    if (stored === row?.facts) return [];
    const isNews = saysOtherwise(known, merged);
    const version = (row?.version ?? 0) + Number(isNews);
    return [{ thread, version, facts: stored, checks: checksOf(merged), isNews }];
  });
}
