import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAIRS_ADMINISTRATION as PAIRS } from '../../../../../tests/fixtures/pairs/administration.ts';
import { toldBy } from '../../../../../tests/fixtures/told.ts';
import { repositoryAdvisory, securityAdvisory } from './advisories.ts';

test("a repository's own advisory shows its words once it is published, and none while it is private", () => {
  const published = toldBy(repositoryAdvisory, PAIRS['repository_advisory.published']);
  assert.deepEqual([published.tone, published.did], ['bad', 'published critical-severity {it}']);
  assert.deepEqual(published.facts, ['critical severity', 'npm @acme/api < 4.2.1 → 4.2.1', 'CVE-2026-21044']);
  assert.match(published.excerpt ?? '', /old upload token/);
  const reported = toldBy(repositoryAdvisory, PAIRS['repository_advisory.reported']);
  assert.deepEqual([reported.tone, reported.excerpt ?? null], ['waiting', null]);
});

test("an advisory of GitHub's database names its packages, and links to the database", () => {
  const one = (name: string) => ({
    package: { ecosystem: 'pip', name },
    vulnerable_version_range: '< 2',
    severity: 'low',
  });
  const said = toldBy(securityAdvisory, {
    action: 'published',
    security_advisory: {
      ghsa_id: 'GHSA-rf4j-j272-fj86',
      summary: 'Forms tell whether an account exists',
      severity: 'moderate',
      identifiers: [{ type: 'CVE', value: 'CVE-2018-6188' }],
      vulnerabilities: ['django', 'wagtail', 'mezzanine', 'saleor'].map(one),
    },
  });
  assert.deepEqual(said.facts, [
    'medium severity',
    'pip django < 2, no patch yet',
    'pip wagtail < 2, no patch yet',
    'and 2 more',
    'CVE-2018-6188',
  ]);
  assert.equal(said.tone, 'waiting');
  assert.equal(said.subject?.url, 'https://github.com/advisories/GHSA-rf4j-j272-fj86');
  const nameless = toldBy(securityAdvisory, { action: 'published', security_advisory: { severity: 'high' } });
  assert.deepEqual([nameless.tone, nameless.subject?.url], ['bad', 'https://github.com/advisories']);
});
