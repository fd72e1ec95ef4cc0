import type { Activity } from '../../model/activity.ts';
import { OWN_SOURCE } from '../../model/reminder.ts';

/** The type of what a rule tells people later. */
export const LATER = 'later';

/** What a rule tells some of those whom it named, once it has waited. As it is stored. */
export interface Postponed {
  readonly rule: string;
  /** Logins. */
  readonly people: readonly string[];
  /** ms since 1970 */
  readonly until: number;
  /** Nobody is told where anything of its thread is newer than this event. Null: whatever happens. */
  readonly unless: { readonly eventId: number; readonly receivedAt: number } | null;
  readonly activity: Activity;
}

/** What happened, addressed to those who wait for it. */
export function laterActivity({ rule, people, activity }: Postponed): Activity {
  const action = laterAction(rule);
  const { facets, keys } = activity;
  return {
    ...activity,
    kind: `${LATER}.${action}`,
    type: LATER,
    action,
    source: OWN_SOURCE,
    isMinor: false,
    facets: { ...facets, asked: people },
    result: null,
    keys: { ...keys, dedup: `${keys.dedup} ${LATER} ${rule}`, echo: null, burst: null },
  };
}

/** A rule's name in that of an event, in which a dot divides. */
export function laterAction(rule: string): string {
  return rule.replaceAll('.', '_');
}
