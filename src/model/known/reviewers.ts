import type { SubjectState } from './card.ts';

/** Where a review stands, each person or team in one place at most. */
export interface Reviewers {
  /** Whose review is waited for, also where they have said something before: asked anew, that counts no longer. */
  readonly asked: readonly string[];
  readonly approved: readonly string[];
  readonly changes: readonly string[];
  readonly commented: readonly string[];
}

const ASKED = 'asked:';
const REVIEW = 'review:';

/** What a subject's facts say of its reviewers, in the order of their names. */
export function reviewersOf({ facts }: Pick<SubjectState, 'facts'>): Reviewers {
  const asked = new Set(namesOf(facts, ASKED, true).filter((name) => isListed(facts, name)));
  const said = (value: string) => namesOf(facts, REVIEW, value).filter((name) => !asked.has(name));
  return { asked: [...asked], approved: said('approved'), changes: said('changes'), commented: said('commented') };
}

/** A team is no longer asked once one of its people has reviewed, which no event says of it: newer lists are without it. */
function isListed(facts: SubjectState['facts'], name: string): boolean {
  const [list, own] = [facts['asked'], facts[`${ASKED}${name}`]];
  if (list === undefined || own === undefined || !Array.isArray(list.value)) return true;
  return own.at >= list.at || list.value.includes(name);
}

function namesOf(facts: SubjectState['facts'], family: string, value: string | true): readonly string[] {
  return Object.entries(facts)
    .filter(([name, fact]) => name.startsWith(family) && fact.value === value)
    .map(([name]) => name.slice(family.length))
    .toSorted();
}
