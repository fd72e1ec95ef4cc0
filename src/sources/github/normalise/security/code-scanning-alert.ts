import type { Subject, Sum } from '../../../../model/activity.ts';
import { isObject, list, numberOrNull, type Payload, read, text, textOrNull } from '../../../../shared/payload.ts';
import { excerpt, threadNo } from '../common.ts';
import type { ActivityParts, FamilyOutput } from '../family.ts';
import { loginsOf } from '../people.ts';
import { filledIn, told, wordsFor, wordTable } from '../words.ts';
import { alertSubject, alertTime, assignedTo, dismissal, newAlert } from './alert.ts';
import { alarming, severityFact, severityOf } from './severity.ts';

const NOUN = 'code scanning alert';

const WORDS = wordTable({
  created: ['New code scanning alert', 'opened {it}', 'bad'],
  reopened: ['Code scanning alert returned', 'reopened {it}', 'bad'],
  reopened_by_user: ['Code scanning alert reopened', 'reopened {it}', 'bad'],
  appeared_in_branch: ['Alert on another branch', 'found {it} on another branch', 'bad'],
  closed_by_user: ['Code scanning alert dismissed', 'dismissed {it}'],
  fixed: ['Code scanning alert fixed', 'closed {it} as fixed', 'good'],
  updated_assignment: ['Code scanning alert assigned', 'assigned {it} to {whom}'],
});

const SUMS: ReadonlyMap<string, Sum> = new Map<string, Sum>([
  ['created', newAlert(NOUN)],
  ['appeared_in_branch', { noun: NOUN, part: ['on another branch', 'on other branches'], alone: null }],
]);

const TIMES: ReadonlyMap<string, string> = new Map([
  ['created', 'created_at'],
  ['closed_by_user', 'dismissed_at'],
  ['fixed', 'fixed_at'],
]);

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#code_scanning_alert */
export function codeScanningAlert(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const assignees = loginsOf(payload, 'alert.assignees');
  // Rules that are about security have a level of their own; the others are graded like a linter's.
  const severity =
    severityOf(textOrNull(payload, 'alert.rule.security_severity_level')) ??
    severityOf(textOrNull(payload, 'alert.rule.severity'));
  const isDismissed = action === 'closed_by_user';
  const words = wordsFor(action, WORDS, NOUN);
  const subject = subjectOf(payload);
  return {
    ...told(action, alarming(filledIn(words, { whom: assignedTo(assignees) }), severity, subject)),
    subject,
    excerpt: isDismissed ? excerpt(textOrNull(payload, 'alert.dismissed_comment')) : null,
    facts: [
      ...(isDismissed ? dismissal(payload) : []),
      severityFact(severity),
      textOrNull(payload, 'alert.tool.name'),
      codePlace(payload),
    ],
    sum: SUMS.get(action) ?? null,
    severity,
    assignees,
    asked: action === 'updated_assignment' ? assignees : [],
    ...refParts(payload),
    occurredAt: alertTime(payload, TIMES.get(action)),
  };
}

function subjectOf(payload: Payload): Subject {
  const title =
    textOrNull(payload, 'alert.rule.description') ??
    textOrNull(payload, 'alert.rule.name') ??
    textOrNull(payload, 'alert.rule.id');
  return alertSubject(payload, NOUN, title, 'code-scanning');
}

/** `src/db/query.ts:84`; older events only list instances. */
function codePlace(payload: Payload): string | null {
  const newest = read(payload, 'alert.most_recent_instance');
  const instance = isObject(newest) ? newest : list(payload, 'alert.instances')[0];
  const path = textOrNull(instance, 'location.path');
  const line = numberOrNull(instance, 'location.start_line');
  return path === null || line === null ? path : `${path}:${line}`;
}

/** `refs/heads/main` is a branch; `refs/pull/11/merge` is what a pull request would become. */
function refParts(payload: Payload): Pick<ActivityParts, 'branch' | 'pullRequest' | 'thread'> {
  const ref = textOrNull(payload, 'ref') ?? textOrNull(payload, 'alert.most_recent_instance.ref') ?? '';
  const pull = /^refs\/pull\/(\d{1,9})\//.exec(ref)?.[1];
  if (pull !== undefined) {
    return { branch: null, pullRequest: Number(pull), thread: threadNo(payload, Number(pull)) };
  }
  return { branch: ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null };
}
