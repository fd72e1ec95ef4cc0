import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAIRS_ADMINISTRATION as PAIRS } from '../../../../../tests/fixtures/pairs/administration.ts';
import { reasonOf, toldBy } from '../../../../../tests/fixtures/told.ts';
import { branchProtectionConfiguration, branchProtectionRule } from './branch-protection.ts';
import { repositoryRuleset } from './repository-ruleset.ts';
import { securityAndAnalysis } from './security-and-analysis.ts';

const RULE = {
  name: 'release/*',
  pull_request_reviews_enforcement_level: 'everyone',
  required_approving_review_count: 2,
  required_status_checks: ['test', 'lint'],
  required_status_checks_enforcement_level: 'non_admins',
  allow_force_pushes_enforcement_level: 'off',
  admin_enforced: true,
  authorized_actor_names: ['mona'],
};
const protection = (changes: Record<string, unknown>, rule = {}) =>
  toldBy(branchProtectionRule, {
    action: 'edited',
    rule: { ...RULE, ...rule },
    changes,
    repository: { full_name: 'acme/api' },
  });

test('a new protection tells what it asks for', () => {
  const said = toldBy(branchProtectionRule, { action: 'created', rule: RULE });
  assert.deepEqual(said.facts, ['2 approvals', 'checks: test, lint', 'for admins too']);
  assert.deepEqual([said.tone, said.branch], ['good', 'release/*']);
});

test('an edited protection tells what was and what is', () => {
  const said = protection({ admin_enforced: { from: false }, authorized_actor_names: { from: [] } });
  assert.deepEqual(said.facts, ['admin enforced: off → on', 'authorized actor names: none → mona']);
  assert.deepEqual([said.headline, said.tone], ['Branch protection changed', 'neutral']);
});

test('a protection that asks less than before is bad news', () => {
  const tone = (changes: Record<string, unknown>, rule = {}) => protection(changes, rule).tone;
  assert.equal(tone({ required_approving_review_count: { from: 3 } }), 'bad');
  assert.equal(tone({ required_approving_review_count: { from: 1 } }), 'neutral');
  assert.equal(tone({ required_status_checks: { from: ['test', 'lint', 'e2e'] } }), 'bad');
  assert.equal(tone({ required_status_checks: { from: ['test'] } }), 'neutral');
  const pushes = { allow_force_pushes_enforcement_level: 'everyone' };
  assert.equal(tone({ allow_force_pushes_enforcement_level: { from: 'off' } }, pushes), 'bad');
  assert.equal(tone({ allow_force_pushes_enforcement_level: { from: 'everyone' } }), 'neutral');
  assert.equal(
    tone({ dismiss_stale_reviews_on_push: { from: null } }, { dismiss_stale_reviews_on_push: false }),
    'neutral',
  );
});

test('a protection that is removed is bad news, even of a branch that nobody names', () => {
  const said = toldBy(branchProtectionRule, { action: 'deleted', rule: {} });
  assert.deepEqual([said.did, said.tone, said.branch], ['removed the protection of {it}', 'bad', null]);
});

test('protections turned off are bad news', () => {
  assert.equal(toldBy(branchProtectionConfiguration, PAIRS['branch_protection_configuration.disabled']).tone, 'bad');
  const said = toldBy(repositoryRuleset, PAIRS['repository_ruleset.edited']);
  assert.deepEqual([said.headline, said.tone], ['Ruleset turned off', 'bad']);
  assert.deepEqual(said.facts, ['active → disabled', 'removed pull request']);
});

test('a ruleset that holds nobody back is neither good news nor a loss', () => {
  const idle = { 'repository_ruleset.enforcement': 'evaluate' };
  assert.equal(toldBy(repositoryRuleset, PAIRS['repository_ruleset.deleted']).tone, 'bad');
  assert.equal(toldBy(repositoryRuleset, PAIRS['repository_ruleset.deleted'], idle).tone, 'neutral');
  const said = toldBy(repositoryRuleset, PAIRS['repository_ruleset.created'], idle);
  assert.deepEqual(said.facts, ['for branches', 'deletion, non fast forward, pull request', 'evaluate']);
});

test('fewer rules in a ruleset weaken it', () => {
  const edit = (rules: Record<string, unknown>) =>
    toldBy(repositoryRuleset, PAIRS['repository_ruleset.created'], { action: 'edited', changes: { rules } }).headline;
  assert.equal(edit({ deleted: [{ type: 'deletion' }] }), 'Ruleset weakened');
  assert.equal(edit({ deleted: [{ type: 'deletion' }], added: [{ type: 'creation' }] }), 'Ruleset changed');
});

test('security features tell which were turned off, and nothing when none was', () => {
  const event = PAIRS['security_and_analysis'];
  const said = toldBy(securityAndAnalysis, event);
  assert.deepEqual([said.headline, said.tone], ['Security feature turned off', 'bad']);
  assert.equal(said.subject?.title, 'Secret scanning push protection');
  const push = 'repository.security_and_analysis.secret_scanning_push_protection.status';
  const updates = 'repository.security_and_analysis.dependabot_security_updates.status';
  assert.equal(toldBy(securityAndAnalysis, event, { [push]: 'enabled', [updates]: 'enabled' }).tone, 'good');
  assert.match(reasonOf(securityAndAnalysis, event, { [push]: 'enabled' }), /as it was/);
  assert.equal(toldBy(securityAndAnalysis, event, { changes: null }).headline, 'Security settings changed');
});
