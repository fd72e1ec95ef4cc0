import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anActivity } from '../../tests/fixtures/activities.ts';
import type { Rule } from '../model/rule.ts';
import type { Transition } from '../model/scales.ts';
import { defaultRules } from './default-rules.ts';
import { createRoute } from './route.ts';

function tells(rules: readonly Rule[], kind: string, source: string, transition: Transition | null = null) {
  const [type = kind, action = null] = kind.split('.');
  const activity = anActivity({ kind, type, action, source });
  return createRoute(rules)({ activity, transition }, Date.UTC(2026, 0, 15, 12)).tell.map(
    ({ destination }) => destination,
  );
}

test('the default rules are the classics of each provider, to every destination', () => {
  const classics = { issues: ['opened'], pull_request: ['opened', 'merged'], star: ['created'] };
  const rules = defaultRules(
    ['x', 'y'],
    [
      { source: 'test', classics },
      { source: 'own', classics: undefined },
    ],
  );
  for (const kind of ['issues.opened', 'pull_request.opened', 'pull_request.merged', 'star.created']) {
    assert.deepEqual(tells(rules, kind, 'test'), ['x', 'y'], kind);
  }
  for (const kind of ['issues.closed', 'pull_request.closed', 'star.deleted', 'push', 'watch.started']) {
    assert.deepEqual(tells(rules, kind, 'test'), [], kind);
  }
});

test('providers that share the name of an event have a default rule each', () => {
  const rules = defaultRules(
    ['x'],
    [
      { source: 'lab', classics: { issue: ['open'], pipeline: { transition: ['broke', 'fixed'] } } },
      { source: 'errors', classics: { issue: ['assigned'] } },
    ],
  );
  assert.deepEqual(
    rules.map(({ name, sources }) => [name, sources]),
    [
      ['classics of lab', ['lab']],
      ['classics of errors', ['errors']],
    ],
  );
  const told = (source: string, kind: string) => tells(rules, kind, source);
  assert.deepEqual([told('lab', 'issue.open'), told('errors', 'issue.open')], [['x'], []]);
  assert.deepEqual([told('lab', 'issue.assigned'), told('errors', 'issue.assigned')], [[], ['x']]);
  const failed = (transition: Transition) => tells(rules, 'pipeline.failed', 'lab', transition);
  assert.deepEqual([failed('broke'), failed('still_broken')], [['x'], []]);
});
