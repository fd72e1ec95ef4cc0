import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAIRS_ADMINISTRATION as PAIRS } from '../../../../../tests/fixtures/pairs/administration.ts';
import { toldBy } from '../../../../../tests/fixtures/told.ts';
import { codeScanningAlert } from './code-scanning-alert.ts';

const ALERT = PAIRS['code_scanning_alert.reopened_by_user'];

test('an alert tells its severity, who found it and where', () => {
  const said = toldBy(codeScanningAlert, ALERT, { action: 'created' });
  assert.deepEqual(said.facts, ['high severity', 'CodeQL', 'src/db/orders.ts:84']);
  assert.deepEqual([said.tone, said.severity, said.branch], ['bad', 'high', 'main']);
  assert.equal(said.subject?.title, 'Database query built from user-controlled sources');
});

test('an alert without a number is as bad, and its grade is a fact', () => {
  const said = toldBy(codeScanningAlert, ALERT, { action: 'created', 'alert.number': null, 'alert.html_url': null });
  assert.deepEqual([said.tone, said.did, said.subject?.handle], ['bad', 'opened {it}', null]);
  assert.equal(said.subject?.url, 'https://github.com/acme/api/security/code-scanning');
});

test('rules without a security level are graded like a linter grades', () => {
  const severity = (grade: string | null) =>
    toldBy(codeScanningAlert, ALERT, { 'alert.rule.security_severity_level': null, 'alert.rule.severity': grade })
      .severity;
  assert.deepEqual(['error', 'warning', 'note', 'none', null].map(severity), ['high', 'medium', 'low', null, null]);
});

test('an alert of a pull request belongs to its thread', () => {
  const said = toldBy(codeScanningAlert, ALERT, { ref: 'refs/pull/11/merge' });
  assert.deepEqual([said.branch, said.pullRequest, said.thread], [null, 11, 'acme/api#11']);
});

test('dismissed tells why, fixed is good news', () => {
  const said = toldBy(codeScanningAlert, ALERT, {
    action: 'closed_by_user',
    'alert.dismissed_reason': "won't fix",
    'alert.dismissed_comment': 'The value comes from our own table.',
  });
  assert.equal(said.headline, 'Code scanning alert dismissed');
  assert.equal(said.facts[0], "dismissed: won't fix");
  assert.equal(said.excerpt, 'The value comes from our own table.');
  assert.equal(toldBy(codeScanningAlert, ALERT, { action: 'fixed' }).tone, 'good');
});
