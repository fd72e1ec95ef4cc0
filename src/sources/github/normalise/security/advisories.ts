import type { Subject } from '../../../../model/activity.ts';
import { linkOrNull, list, type Payload, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { excerpt, repositoryPage } from '../common.ts';
import type { ActivityParts, FamilyOutput } from '../family.ts';
import { segment, webOf } from '../places.ts';
import { told, type Words, wordsFor, wordTable } from '../words.ts';
import { alarming, severityFact, severityOf } from './severity.ts';
import { packageFacts } from './vulnerability.ts';

const REPOSITORY = wordTable({
  published: ['Security advisory published', 'published {it}', 'bad'],
  reported: ['Vulnerability reported privately', 'reported a vulnerability in {repo}', 'waiting'],
});

const GLOBAL = wordTable({
  published: ['New security advisory', null, 'bad'],
  updated: ['Security advisory updated', null],
  withdrawn: ['Security advisory withdrawn', null],
});

const GLOBAL_TIMES: ReadonlyMap<string, string> = new Map([
  ['published', 'published_at'],
  ['withdrawn', 'withdrawn_at'],
]);

/** A repository's own. How to attack it, which a private report describes, stays between the reporter and the maintainers. */
export function repositoryAdvisory(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const [at, isPublished] = ['repository_advisory', action === 'published'];
  return {
    ...advisory(payload, action, wordsFor(action, REPOSITORY, 'security advisory'), {
      at,
      pages: repositoryPage(payload, '/security/advisories'),
    }),
    sum: isPublished ? null : { noun: 'vulnerability', part: 'reported privately', alone: null },
    excerpt: isPublished ? excerpt(textOrNull(payload, `${at}.description`)) : null,
    occurredAt: timeOrNull(payload, `${at}.${isPublished ? 'published_at' : 'created_at'}`),
  };
}

/** GitHub's database of all the world's packages: it happens in no repository, and nobody does it. */
export function securityAdvisory(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const at = 'security_advisory';
  return {
    ...advisory(payload, action, wordsFor(action, GLOBAL, 'security advisory'), {
      at,
      pages: `${webOf(payload)}/advisories`,
    }),
    occurredAt: timeOrNull(payload, `${at}.${GLOBAL_TIMES.get(action) ?? 'updated_at'}`),
  };
}

/** `pages`: the one of all advisories, above each one's own. */
function advisory(
  payload: Payload,
  action: string,
  words: Words,
  { at, pages }: { readonly at: string; readonly pages: string },
): ActivityParts {
  const severity = severityOf(textOrNull(payload, `${at}.severity`));
  const subject = subjectOf(payload, at, pages);
  return {
    ...told(action, alarming(words, severity, subject)),
    subject,
    facts: [severityFact(severity), ...packageFacts(list(payload, `${at}.vulnerabilities`)), cveOf(payload, at)],
    severity,
  };
}

function subjectOf(payload: Payload, at: string, pages: string): Subject {
  const handle = textOrNull(payload, `${at}.ghsa_id`);
  return {
    noun: 'security advisory',
    handle,
    title: textOrNull(payload, `${at}.summary`) ?? '',
    url: linkOrNull(payload, `${at}.html_url`) ?? (handle === null ? pages : `${pages}/${segment(handle)}`),
  };
}

/** Older events name it only in the list. */
function cveOf(payload: Payload, at: string): string | null {
  const listed = list(payload, `${at}.identifiers`).find((one) => textOrNull(one, 'type') === 'CVE');
  return textOrNull(payload, `${at}.cve_id`) ?? textOrNull(listed, 'value');
}
