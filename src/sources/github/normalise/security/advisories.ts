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
  const ghsa = text(payload, `${at}.ghsa_id`);
  return {
    ...advisory(payload, at, action, wordsFor(action, REPOSITORY, 'security advisory')),
    subject: subjectOf(payload, at, repositoryPage(payload, `/security/advisories/${segment(ghsa)}`)),
    excerpt: isPublished ? excerpt(textOrNull(payload, `${at}.description`)) : null,
    occurredAt: timeOrNull(payload, `${at}.${isPublished ? 'published_at' : 'created_at'}`),
  };
}

/** GitHub's database of all the world's packages: it happens in no repository, and nobody does it. */
export function securityAdvisory(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const at = 'security_advisory';
  const ghsa = text(payload, `${at}.ghsa_id`);
  return {
    ...advisory(payload, at, action, wordsFor(action, GLOBAL, 'security advisory')),
    subject: subjectOf(payload, at, `${webOf(payload)}/advisories/${segment(ghsa)}`),
    occurredAt: timeOrNull(payload, `${at}.${GLOBAL_TIMES.get(action) ?? 'updated_at'}`),
  };
}

function advisory(payload: Payload, at: string, action: string, words: Words): Omit<ActivityParts, 'subject'> {
  const severity = severityOf(textOrNull(payload, `${at}.severity`));
  return {
    ...told(action, alarming(words, severity)),
    facts: [severityFact(severity), ...packageFacts(list(payload, `${at}.vulnerabilities`)), cveOf(payload, at)],
    severity,
  };
}

function subjectOf(payload: Payload, at: string, page: string): Subject {
  return {
    noun: 'security advisory',
    handle: textOrNull(payload, `${at}.ghsa_id`),
    title: textOrNull(payload, `${at}.summary`) ?? '',
    url: linkOrNull(payload, `${at}.html_url`) ?? page,
  };
}

/** Older events name it only in the list. */
function cveOf(payload: Payload, at: string): string | null {
  const listed = list(payload, `${at}.identifiers`).find((one) => textOrNull(one, 'type') === 'CVE');
  return textOrNull(payload, `${at}.cve_id`) ?? textOrNull(listed, 'value');
}
