import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anActivity } from '../../tests/fixtures/activities.ts';
import { aRule } from '../../tests/fixtures/rules.ts';
import type { Activity } from '../model/activity.ts';
import { splitName } from '../model/kind.ts';
import type { ActivityFields } from '../model/new-activity.ts';
import type { Rule } from '../model/rule.ts';
import { createRoute } from './route.ts';

function activity(kind: string, changes: Partial<ActivityFields> = {}): Activity {
  return anActivity({ kind, ...splitName(kind), ...changes });
}

function tells(rules: readonly Rule[], activity: Activity): readonly string[] {
  return createRoute(rules)({ activity, transition: null }, 0).tell.map(({ destination }) => destination);
}

test('ignores what is only a test', () => {
  const rules = [aRule('a', { payout: {} }, { ignore: ['test'] })];
  assert.deepEqual(tells(rules, activity('payout.failed')), ['team']);
  assert.deepEqual(tells(rules, activity('payout.failed', { isTest: true })), []);
});

test('asks for a currency whatever its case, for an environment, and for those it is assigned to', () => {
  const rules = [
    aRule('a', { payout: { currencies: ['eur', 'CHF'] } }),
    aRule('b', { deployment: { environments: ['production', 'review/*'] } }),
    aRule('c', { issues: { assignees: ['mona', 'Priya *', '!hubot'] } }),
  ];
  assert.deepEqual(tells(rules, activity('payout.failed', { currency: 'EUR' })), ['team']);
  assert.deepEqual(tells(rules, activity('payout.failed', { currency: 'USD' })), []);
  assert.deepEqual(tells(rules, activity('payout.failed')), []);
  assert.deepEqual(tells(rules, activity('deployment.created', { environment: 'review/12' })), ['team']);
  assert.deepEqual(tells(rules, activity('deployment.created', { environment: 'staging' })), []);
  assert.deepEqual(tells(rules, activity('issues.opened', { assignees: ['lena', 'Mona'] })), ['team']);
  assert.deepEqual(tells(rules, activity('issues.opened', { assignees: ['priya k'] })), ['team']);
  assert.deepEqual(tells(rules, activity('issues.opened', { assignees: ['mona', 'hubot'] })), []);
  assert.deepEqual(tells(rules, activity('issues.opened')), []);
});
