import type { Subject } from '../../../../model/activity.ts';
import type { Severity } from '../../../../model/scales.ts';
import type { Words } from '../words.ts';

/** GitHub says `moderate` in older events, and grades code scanning's rules like a linter. */
const GRADES: ReadonlyMap<string, Severity> = new Map([
  ['low', 'low'],
  ['note', 'low'],
  ['medium', 'medium'],
  ['moderate', 'medium'],
  ['warning', 'medium'],
  ['high', 'high'],
  ['error', 'high'],
  ['critical', 'critical'],
]);

/** Null where GitHub gives no grade, or one nobody knows yet. */
export function severityOf(grade: string | null): Severity | null {
  return GRADES.get(grade?.toLowerCase() ?? '') ?? null;
}

export function severityFact(severity: Severity | null): string | null {
  return severity === null ? null : `${severity} severity`;
}

/**
 * Bad news with its grade: the one-line sentence shows no facts, and the grade is the one that matters there, unless
 * what is graded has no number: `a high-severity` would be said of it after its article. Low and medium can wait a little and are
 * yellow; what has no grade may be the worst and stays red.
 */
export function alarming(words: Words, severity: Severity | null, { handle }: Subject): Words {
  if (words.tone !== 'bad' || severity === null) return words;
  return {
    ...words,
    did: handle === null ? words.did : (words.did?.replace('{it}', `${severity}-severity {it}`) ?? null),
    tone: severity === 'low' || severity === 'medium' ? 'waiting' : 'bad',
  };
}
