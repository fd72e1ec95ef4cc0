import type { Activity } from '../model/activity.ts';
import type { RuleTrace } from '../model/rule.ts';
import { type Sought, soughtWords } from '../model/sought.ts';

/** So many rules are named with what they missed; the trace has them all. */
const NAMED = 5;
const LONGEST_WHOM = 300;

/** Why nobody is told, in words for the event's `reason`. */
export function silence(
  { kind, isMinor }: Pick<Activity, 'kind' | 'isMinor'>,
  traces: readonly RuleTrace[],
  sought: readonly Sought[] = [],
): string {
  const [seeker] = sought;
  if (seeker) {
    const whom = sought.filter(({ rule }) => rule === seeker.rule).map(soughtWords);
    return `rule ${seeker.rule} matched and tells nobody: ${whom.join('; ').slice(0, LONGEST_WHOM)}`;
  }
  const muting = traces.find((trace) => trace.result === 'matched');
  if (muting) return `rule ${muting.rule} matched and tells nobody`;
  const near = traces.filter(isAbout);
  if (near.length === 0) return isMinor ? `no rule names ${kind}, which is minor` : `no rule is about ${kind}`;
  const named = near.slice(0, NAMED).map((trace) => `${trace.rule}: ${missed(trace).join(', ')}`);
  if (near.length > NAMED) named.push(`and ${near.length - NAMED} more`);
  return `no rule matched: ${near.length} ${near.length === 1 ? 'was' : 'were'} about ${kind} (${named.join('; ')})`;
}

/** A rule is about an activity when its event type and action are named; the other conditions narrow it down. */
function isAbout(trace: RuleTrace): boolean {
  return trace.checks.every(({ check, ok }) => ok || (check !== 'on' && check !== 'on.types'));
}

function missed(trace: RuleTrace): readonly string[] {
  return trace.checks.filter(({ ok }) => !ok).map(({ check }) => check);
}
