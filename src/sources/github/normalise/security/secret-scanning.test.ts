import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAIRS_ADMINISTRATION as PAIRS } from '../../../../../tests/fixtures/pairs/administration.ts';
import { toldBy } from '../../../../../tests/fixtures/told.ts';
import { secretScanningAlertLocation, secretScanningScan } from './secret-scanning.ts';
import { secretScanningAlert } from './secret-scanning-alert.ts';

const ALERT = PAIRS['secret_scanning_alert.reopened'];

test('a secret is told by its kind, never by its value or its metadata', () => {
  const said = toldBy(secretScanningAlert, PAIRS['secret_scanning_alert.metadata_created'], {
    'alert.secret': 'AKIAIOSFODNN7EXAMPLE',
  });
  assert.equal(said.subject?.title, 'Amazon AWS Access Key ID');
  assert.doesNotMatch(JSON.stringify(said), /AKIA|@acme/);
});

test('secrets are counted by what is known of them', () => {
  const part = (changes: Record<string, unknown>) => toldBy(secretScanningAlert, ALERT, changes).sum?.part;
  assert.equal(part({ action: 'created' }), 'found');
  assert.equal(part({ action: 'publicly_leaked' }), 'in public');
  assert.deepEqual(part({ action: 'validated', 'alert.validity': 'active' }), ['still works', 'still work']);
  assert.equal(part({ action: 'resolved', 'alert.resolution': 'revoked' }), 'revoked');
});

test('older events name only the type, and it is read as words', () => {
  const said = toldBy(secretScanningAlert, ALERT, {
    'alert.secret_type_display_name': null,
    'alert.secret_type': 'adafruit_io_key',
  });
  assert.equal(said.subject?.title, 'Adafruit io key');
});

test('a new secret tells the worst about it: in public, or pushed past the protection', () => {
  const said = (changes: Record<string, unknown>) =>
    toldBy(secretScanningAlert, ALERT, { action: 'created', ...changes });
  const bypass = {
    'alert.push_protection_bypassed': true,
    'alert.push_protection_bypassed_by': { login: 'hubot' },
  };
  assert.equal(said({}).headline, 'Secret found');
  assert.equal(said(bypass).headline, 'Secret pushed past protection');
  assert.deepEqual(said(bypass).facts, ['by hubot']);
  const worst = said({ ...bypass, 'alert.publicly_leaked': true, 'alert.validity': 'active' });
  assert.equal(worst.headline, 'Secret leaked publicly');
  assert.deepEqual(worst.facts, ['still works', 'push protection bypassed by hubot']);
  assert.equal(worst.severity, 'critical');
});

test('a check of the secret is bad, good or no news, as its answer is', () => {
  const tone = (validity: string) =>
    toldBy(secretScanningAlert, ALERT, { action: 'validated', 'alert.validity': validity }).tone;
  assert.deepEqual(['active', 'inactive', 'unknown'].map(tone), ['bad', 'good', 'neutral']);
});

test('revoked is good news; every other reason to close is told as it is, with the comment', () => {
  const revoked = toldBy(secretScanningAlert, PAIRS['secret_scanning_alert.resolved']);
  assert.deepEqual([revoked.headline, revoked.tone, revoked.facts], ['Leaked secret revoked', 'good', []]);
  assert.equal(revoked.excerpt, 'Rotated, and the old key is gone from IAM.');
  const left = toldBy(secretScanningAlert, PAIRS['secret_scanning_alert.resolved'], { 'alert.resolution': 'wont_fix' });
  assert.deepEqual([left.headline, left.tone, left.facts], ['Secret alert closed', 'neutral', ["won't fix"]]);
});

test('a location is told by its path and line, or by where it was written', () => {
  const event = PAIRS['secret_scanning_alert_location.created'];
  assert.deepEqual(toldBy(secretScanningAlertLocation, event).facts, ['config/deploy.env:12']);
  const comment = { location: { type: 'issue_comment', details: { issue_comment_url: 'https://api.github.com/x' } } };
  assert.deepEqual(toldBy(secretScanningAlertLocation, event, comment).facts, ['in an issue comment']);
});

test('a scan tells what was read and what was looked for', () => {
  const said = toldBy(secretScanningScan, PAIRS['secret_scanning_scan.completed']);
  assert.equal(said.subject?.title, 'Git history');
  assert.deepEqual(said.facts, ['for Acme upload token', '1 kind of secret']);
});
