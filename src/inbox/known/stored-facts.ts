import type { KeptFact, SubjectState } from '../../model/known/card.ts';
import { parsedOrNull } from '../stored-json.ts';

type Facts = SubjectState['facts'];

/** `{"state":["open",1767225600000,7]}`: value, time, event. */
export function factsToStored(facts: Facts): string {
  const short = Object.entries(facts).map(([name, { value, at, eventId }]) => [name, [value, at, eventId]]);
  return JSON.stringify(Object.fromEntries(short));
}

/** What damage made unreadable is not known any more. */
export function factsFromStored(text: string | null): Facts {
  const parsed = parsedOrNull(text);
  if (parsed === null || typeof parsed !== 'object') return {};
  const facts = Object.entries(parsed).flatMap(([name, kept]): readonly (readonly [string, KeptFact])[] => {
    if (!Array.isArray(kept) || typeof kept[1] !== 'number' || typeof kept[2] !== 'number') return [];
    return [[name, { value: kept[0], at: kept[1], eventId: kept[2] }]];
  });
  return Object.fromEntries(facts);
}

export interface SubjectRow {
  readonly thread: string;
  readonly version: number;
  readonly facts: string;
}

export function subjectOf({ thread, version, facts }: SubjectRow): SubjectState {
  return { thread, version, facts: factsFromStored(facts) };
}
