import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aFailedWorkflow, anActivity } from '../../tests/fixtures/activities.ts';
import type { Activity, Compared } from '../model/activity.ts';
import type { Route } from '../model/rule.ts';
import { withoutDeclined } from './declined.ts';

const TEAM = { name: 'team' };
const DEPLOY = {
  name: 'deploy',
  declines: ({ activity: { type } }: Compared) => (type === 'workflow_run' ? 'a run of acme/api' : null),
};

function asking(...names: readonly string[]): Route {
  const telling = { rule: 'all', mentions: [], notBefore: null };
  return ({ activity: { kind } }) => ({
    tell: names.map((destination) => ({ ...telling, destination })),
    trace: { kind, rules: [] },
    reason: null,
    settleMs: 0,
    wantsPaths: false,
  });
}

function decided(route: Route, activity: Activity) {
  const { tell, reason, trace } = withoutDeclined(route, [TEAM, DEPLOY])({ activity, transition: null }, 0);
  return [tell.map(({ destination }) => destination), reason, trace.declined];
}

test('who declines is left out, and the trace says why; the others are told', () => {
  const declined = { deploy: 'a run of acme/api' };
  assert.deepEqual(decided(asking('team', 'deploy'), aFailedWorkflow()), [['team'], null, declined]);
  assert.deepEqual(decided(asking('deploy'), aFailedWorkflow()), [
    [],
    'deploy declines it: a run of acme/api',
    declined,
  ]);
});

test('what nobody declines, or nobody asked for, is decided as the rules say', () => {
  assert.deepEqual(decided(asking('team', 'deploy'), anActivity()), [['team', 'deploy'], null, undefined]);
  assert.deepEqual(decided(asking('team'), aFailedWorkflow()), [['team'], null, undefined]);
  const route = asking('team');
  assert.equal(withoutDeclined(route, [TEAM]), route);
});
