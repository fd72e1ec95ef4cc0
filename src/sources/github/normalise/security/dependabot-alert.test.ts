import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAIRS_ADMINISTRATION as PAIRS } from '../../../../../tests/fixtures/pairs/administration.ts';
import { toldBy } from '../../../../../tests/fixtures/told.ts';
import { dependabotAlert } from './dependabot-alert.ts';

const RAISED = PAIRS['dependabot_alert.auto_reopened'];

test('an alert tells its severity, the package with the version that mends it, the CVE and the file', () => {
  const said = toldBy(dependabotAlert, RAISED, { action: 'created' });
  assert.equal(said.headline, 'New Dependabot alert');
  assert.equal(said.did, 'opened high-severity {it}');
  assert.equal(said.severity, 'high');
  assert.deepEqual(said.facts, ['high severity', 'qs < 6.14.1 → 6.14.1', 'CVE-2025-15284', 'package-lock.json']);
  assert.equal(said.subject?.handle, '#41');
  assert.equal(said.occurredAt, Date.parse('2026-01-12T08:14:02Z'));
});

test('the colour follows the severity; what has none stays red', () => {
  const tone = (severity: string | null) =>
    toldBy(dependabotAlert, RAISED, {
      action: 'created',
      'alert.security_vulnerability.severity': severity,
      'alert.security_advisory.severity': null,
    }).tone;
  assert.deepEqual(['critical', 'high', null, 'moderate', 'low'].map(tone), [
    'bad',
    'bad',
    'bad',
    'waiting',
    'waiting',
  ]);
});

test('an alert without a number is told as well', () => {
  const said = toldBy(dependabotAlert, RAISED, { action: 'created', 'alert.number': null });
  assert.deepEqual([said.tone, said.did, said.subject?.handle], ['bad', 'opened {it}', null]);
});

test('no patch, no CVE and a dependency of developers only are said', () => {
  const said = toldBy(dependabotAlert, RAISED, {
    'alert.security_vulnerability.first_patched_version': null,
    'alert.security_advisory.cve_id': null,
    'alert.dependency.scope': 'development',
  });
  assert.deepEqual(said.facts.slice(1), [
    'qs < 6.14.1, no patch yet',
    'GHSA-6rw7-vpxm-498p',
    'package-lock.json, development only',
  ]);
});

test('dismissed tells why, in the words of whoever did it, and who it was where GitHub names another sender', () => {
  const said = toldBy(dependabotAlert, PAIRS['dependabot_alert.dismissed']);
  assert.equal(said.facts[0], 'dismissed: tolerable risk');
  assert.equal(said.excerpt, 'Only our own health check builds such queries.');
  assert.equal(said.tone, 'neutral');
  const other = toldBy(dependabotAlert, PAIRS['dependabot_alert.dismissed'], { 'sender.login': 'github' });
  assert.equal(other.facts[1], 'by priya-k');
});

test('fixed is good news, and who is assigned is asked', () => {
  assert.equal(toldBy(dependabotAlert, RAISED, { action: 'fixed' }).tone, 'good');
  const said = toldBy(dependabotAlert, PAIRS['dependabot_alert.assignees_changed']);
  assert.deepEqual([said.asked, said.did], [['priya-k'], 'assigned {it} to priya-k']);
});

test('an action that GitHub invents later is told plainly', () => {
  const said = toldBy(dependabotAlert, RAISED, { action: 'snoozed' });
  assert.deepEqual([said.headline, said.did, said.tone], ['Dependabot alert snoozed', null, 'neutral']);
});
