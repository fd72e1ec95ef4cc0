import type { RunResult } from './activity.ts';

type Known = Pick<RunResult, 'key' | 'run'>;

/** Whether the result of an earlier event may be the one before this: of the same that runs again and again, and another run of it. */
export function mayPrecede(other: Known | null, result: Known): boolean {
  return other !== null && other.key === result.key && other.run !== result.run;
}
