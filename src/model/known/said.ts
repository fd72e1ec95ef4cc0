import { numberOrNull } from '../../shared/payload.ts';
import type { Fact, FactValue } from './card.ts';

/** What the payload does not say is undefined, and no fact: it takes nothing back. */
export type Said = Readonly<Record<string, FactValue | undefined>>;

export function factsAt(at: number | null, said: Said): readonly Fact[] {
  return Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value, at }]));
}

/** Providers' times are often whole seconds. Of what one says of the same, the larger `rank` (below 1,000) is known to come later. */
export function ranked(at: number | null, rank: number): number | null {
  return at === null ? null : at + rank;
}

/** A number of things. Undefined: it is none. */
export function countOf(payload: unknown, path: string): number | undefined {
  const count = numberOrNull(payload, path);
  return count !== null && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}
