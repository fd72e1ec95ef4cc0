import type { SubjectState } from './card.ts';

type Facts = SubjectState['facts'];

/** What a fact says as a text. Null: it says none, or nothing is known of it. */
export function textOfFact(facts: Facts, name: string): string | null {
  const value = facts[name]?.value;
  return typeof value === 'string' ? value : null;
}

/** What it lists. Empty: nothing, or nothing is known of it. */
export function listOfFact(facts: Facts, name: string): readonly string[] {
  const value = facts[name]?.value;
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
