import type { Subject } from '../../../../model/activity.ts';
import { linkOrNull, number, type Payload, read, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { enumerated, spaced } from '../../../../text/words.ts';
import { excerpt, repositoryPage } from '../common.ts';
import type { FamilyOutput } from '../family.ts';
import { besideActor, loginsOf } from '../people.ts';
import { told, wordsFor, wordTable } from '../words.ts';
import { alarming, severityFact, severityOf } from './severity.ts';
import { packageFact } from './vulnerability.ts';

const NOUN = 'Dependabot alert';

const WORDS = wordTable({
  created: ['New Dependabot alert', 'raised {it}', 'bad'],
  reintroduced: ['Vulnerability came back', 'raised {it} again', 'bad'],
  reopened: ['Dependabot alert reopened', 'reopened {it}', 'bad'],
  auto_reopened: ['Dependabot alert reopened', 'reopened {it}', 'bad'],
  dismissed: ['Dependabot alert dismissed', 'dismissed {it}'],
  auto_dismissed: ['Dependabot alert auto-dismissed', 'auto-dismissed {it}'],
  fixed: ['Vulnerability fixed', 'found {it} fixed', 'good'],
  assignees_changed: ['Dependabot alert assigned', 'changed who is assigned to {it}'],
});

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
  return {
    ...told(action, alarming(wordsFor(action, WORDS, NOUN), severity)),
    subject: subjectOf(payload),
    excerpt: action === 'dismissed' ? excerpt(textOrNull(payload, 'alert.dismissed_comment')) : null,
    facts: [
      ...(action === 'dismissed' ? [reason(payload), besideActor(payload, 'by', 'alert.dismissed_by.login')] : []),
      action === 'assignees_changed' ? `to ${enumerated(assignees) ?? 'nobody'}` : null,
      severityFact(severity),
      packageFact(read(payload, 'alert.security_vulnerability')),
      textOrNull(payload, 'alert.security_advisory.cve_id') ?? textOrNull(payload, 'alert.security_advisory.ghsa_id'),
      manifest(payload),
    ],
    severity,
    assignees,
    asked: action === 'assignees_changed' ? assignees : [],
    occurredAt:
      timeOrNull(payload, `alert.${TIMES.get(action) ?? 'updated_at'}`) ?? timeOrNull(payload, 'alert.updated_at'),
  };
}

function subjectOf(payload: Payload): Subject {
  const handle = number(payload, 'alert.number');
  return {
    noun: NOUN,
    handle: `#${handle}`,
    title:
      textOrNull(payload, 'alert.security_advisory.summary') ??
      textOrNull(payload, 'alert.dependency.package.name') ??
      '',
    url: linkOrNull(payload, 'alert.html_url') ?? repositoryPage(payload, `/security/dependabot/${handle}`),
  };
}

/** `tolerable_risk` → `tolerable risk` */
function reason(payload: Payload): string | null {
  const why = textOrNull(payload, 'alert.dismissed_reason');
  return why === null ? null : spaced(why);
}

/** A dependency that never leaves the developers' machines is less of a danger. */
function manifest(payload: Payload): string | null {
  const path = textOrNull(payload, 'alert.dependency.manifest_path');
  const isForDevelopment = textOrNull(payload, 'alert.dependency.scope') === 'development';
  return path !== null && isForDevelopment ? `${path}, development only` : path;
}
