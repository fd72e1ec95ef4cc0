import type { SubjectState } from './card.ts';
import { listOfFact } from './read-fact.ts';

/** Where a review stands, each person or team in one place at most. */
export interface Reviewers {
  /** Whose review is waited for, also where they have said something before: asked anew, that counts no longer. */
  readonly asked: readonly string[];
  readonly approved: readonly string[];
  readonly changes: readonly string[];
  readonly commented: readonly string[];
}

type Facts = SubjectState['facts'];

const ASKED = 'asked:';
const REVIEW = 'review:';

/** What a subject's facts say of its reviewers, in the order of their names. */
export function reviewersOf({ facts }: Pick<SubjectState, 'facts'>): Reviewers {
  const names = new Set([...namesIn(facts, ASKED), ...listOfFact(facts, 'asked')]);
  const asked = new Set([...names].filter((name) => isAsked(facts, name)).toSorted());
  const said = (value: string) =>
    namesIn(facts, REVIEW)
      .filter((name) => facts[`${REVIEW}${name}`]?.value === value && !asked.has(name))
      .toSorted();
  return { asked: [...asked], approved: said('approved'), changes: said('changes'), commented: said('commented') };
}

/**
 * Since when somebody's review is waited for, ms since 1970: when they were last asked, or, where nobody heard of that, when it was last
 * said that they are no longer. Undefined: nothing of either was heard.
 */
export function askedSince({ facts }: Pick<SubjectState, 'facts'>, name: string): number | undefined {
  return facts[`${ASKED}${name}`]?.at;
}

/** When somebody said where they stand, ms since 1970. Undefined: they have not. */
export function reviewedAt({ facts }: Pick<SubjectState, 'facts'>, name: string): number | undefined {
  return facts[`${REVIEW}${name}`]?.at;
}

/**
 * A list of all that are asked counts for whoever was not named since: nothing names a team that is asked no longer, once one of its
 * people has reviewed, nor whom nobody heard of being asked.
 */
function isAsked(facts: Facts, name: string): boolean {
  const [list, own] = [facts['asked'], facts[`${ASKED}${name}`]];
  if (list === undefined || !Array.isArray(list.value)) return own?.value === true;
  return own !== undefined && own.at >= list.at ? own.value === true : list.value.includes(name);
}

function namesIn(facts: Facts, family: string): readonly string[] {
  return Object.keys(facts)
    .filter((name) => name.startsWith(family))
    .map((name) => name.slice(family.length));
}
