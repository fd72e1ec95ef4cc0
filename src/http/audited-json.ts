import type { Audited } from '../model/inbox/audits.ts';
import { iso } from '../shared/time-words.ts';

/** One line of `audit --json`, one entry of `/api/v1/audit`. */
export function auditedJson({ at, who, from, what, about, outcome }: Audited) {
  return { at: iso(at), who, from, what, about, outcome };
}
