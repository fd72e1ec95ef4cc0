import type { Subject, Sum } from '../../../../model/activity.ts';
import { type Payload, read, text, textOrNull } from '../../../../shared/payload.ts';
import { excerpt } from '../common.ts';
import type { FamilyOutput } from '../family.ts';
import { loginsOf } from '../people.ts';
import { filledIn, told, wordsFor, wordTable } from '../words.ts';
import { alertSubject, alertTime, assignedTo, dismissal, newAlert } from './alert.ts';
import { alarming, severityFact, severityOf } from './severity.ts';
import { packageFact } from './vulnerability.ts';

const NOUN = 'Dependabot alert';

const WORDS = wordTable({
  created: ['New Dependabot alert', 'opened {it}', 'bad'],
  reintroduced: ['Vulnerability came back', 'reopened {it}', 'bad'],
  reopened: ['Dependabot alert reopened', 'reopened {it}', 'bad'],
  auto_reopened: ['Dependabot alert reopened', 'reopened {it}', 'bad'],
  dismissed: ['Dependabot alert dismissed', 'dismissed {it}'],
  auto_dismissed: ['Dependabot alert auto-dismissed', 'auto-dismissed {it}'],
  fixed: ['Vulnerability fixed', 'closed {it} as fixed', 'good'],
  assignees_changed: ['Dependabot alert assigned', 'assigned {it} to {whom}'],
});

const SUMS: ReadonlyMap<string, Sum> = new Map<string, Sum>([
  ['created', newAlert(NOUN)],
  ['fixed', { noun: NOUN, part: 'fixed', alone: null }],
  ['reintroduced', { noun: NOUN, part: 'came back', alone: null }],
]);

/** When it happened, where `updated_at` may say a later time. */
const TIMES: ReadonlyMap<string, string> = new Map([
  ['created', 'created_at'],
  ['dismissed', 'dismissed_at'],
  ['auto_dismissed', 'auto_dismissed_at'],
  ['fixed', 'fixed_at'],
]);

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#dependabot_alert */
export function dependabotAlert(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const assignees = loginsOf(payload, 'alert.assignees');
  const severity = severityOf(
    textOrNull(payload, 'alert.security_vulnerability.severity') ??
      textOrNull(payload, 'alert.security_advisory.severity'),
  );
  const words = wordsFor(action, WORDS, NOUN);
  const subject = subjectOf(payload);
  return {
    ...told(action, alarming(filledIn(words, { whom: assignedTo(assignees) }), severity, subject)),
    subject,
    excerpt: action === 'dismissed' ? excerpt(textOrNull(payload, 'alert.dismissed_comment')) : null,
    facts: [
      ...(action === 'dismissed' ? dismissal(payload) : []),
      severityFact(severity),
      packageFact(read(payload, 'alert.security_vulnerability')),
      textOrNull(payload, 'alert.security_advisory.cve_id') ?? textOrNull(payload, 'alert.security_advisory.ghsa_id'),
      manifest(payload),
    ],
    sum: SUMS.get(action) ?? null,
    severity,
    assignees,
    asked: action === 'assignees_changed' ? assignees : [],
    occurredAt: alertTime(payload, TIMES.get(action)),
  };
}

function subjectOf(payload: Payload): Subject {
  const title =
    textOrNull(payload, 'alert.security_advisory.summary') ?? textOrNull(payload, 'alert.dependency.package.name');
  return alertSubject(payload, NOUN, title, 'dependabot');
}

/** A dependency that never leaves the developers' machines is less of a danger. */
function manifest(payload: Payload): string | null {
  const path = textOrNull(payload, 'alert.dependency.manifest_path');
  const isForDevelopment = textOrNull(payload, 'alert.dependency.scope') === 'development';
  return path !== null && isForDevelopment ? `${path}, development only` : path;
}
