import { LEAST_EVENTS_MS } from '../../model/retention.ts';
import { termOf, termProblem } from './amounts.ts';

/** What is wrong with a term of events. */
export function eventsProblem(text: string): string | undefined {
  const problem = termProblem(text);
  const ms = termOf(text);
  if (problem !== undefined || ms === null || ms >= LEAST_EVENTS_MS) return problem;
  return 'must be 35d or more: what a sender repeats is recognised by the event that came first, which may be a month later. Bodies, which take the room, may go earlier.';
}
