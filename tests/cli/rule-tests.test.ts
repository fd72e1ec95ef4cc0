import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RuleTest } from '../../src/config/config.ts';
import { ConfigError } from '../../src/config/config-error.ts';
import type { Rehearsal } from '../../src/model/rehearsal.ts';
import { NOW, newWorld, run, testConfig, type World } from './test-app.ts';

function ruleTest(name: string, changes: Partial<RuleTest> = {}): RuleTest {
  const payload = { kind: 'sample', name: 'issues.opened' } as const;
  return { name, payload, set: new Map(), files: null, previous: null, at: null, expect: ['team'], ...changes };
}

function told(destinations: readonly string[], changes: Partial<Rehearsal> = {}): Rehearsal {
  const tell = destinations.map((destination) => ({ destination, rule: 'bugs', mentions: [], notBefore: null }));
  const check = { check: 'on.labels.any', wanted: 'bug', actual: 'no labels', ok: destinations.length > 0 };
  const result = check.ok ? 'matched' : 'no_match';
  const trace = { kind: 'issues.opened', rules: [{ rule: 'bugs', result, checks: [check], to: ['team'] } as const] };
  return { kind: 'issues.opened', tell, trace, reason: null, wantsPaths: false, ...changes };
}

function worldOf(...tests: readonly (readonly [RuleTest, Rehearsal | string])[]): World {
  const world = newWorld(testConfig({ tests: tests.map(([written]) => written) }));
  for (const [{ name }, made] of tests) {
    world.rehearsals.set(name, typeof made === 'string' ? { ok: false, problem: made } : { ok: true, rehearsal: made });
  }
  return world;
}

test('each test is a line; the order of destinations does not matter; all passed is 0', async () => {
  const world = worldOf(
    [ruleTest('both', { expect: ['team', 'audit'] }), told(['audit', 'team'])],
    [ruleTest('nobody', { expect: [] }), told([])],
  );
  const { code, stdout, stderr } = await run(world, ['test']);
  assert.deepEqual([code, stdout, stderr], [0, '✓ both\n✓ nobody\n', 'All 2 tests passed.\n']);
});

test('a failed one shows what was expected, what came out and why; the exit code is 1', async () => {
  const world = worldOf([ruleTest('fine'), told(['team'])], [ruleTest('a bug'), told([], { wantsPaths: true })]);
  const { code, stdout, stderr } = await run(world, ['test']);
  assert.equal(
    stdout,
    `✓ fine
✗ a bug
    expected  team
    got       nobody
    Rule bugs: did not match
      ✗ on.labels.any  wanted bug  saw no labels
    Which files a pull request changes stands in no payload: say so in the test, as in \`files: [src/a.ts]\`.
`,
  );
  assert.deepEqual([code, stderr], [1, 'Error: 1 of 2 tests failed.\n']);
});

test('what cannot be run has failed, with its reason, also where nobody is expected', async () => {
  const { code, stdout } = await run(worldOf([ruleTest('x', { expect: [] }), 'there is no sample "x"']), ['test']);
  assert.deepEqual([code, stdout], [1, '✗ x\n    there is no sample "x"\n']);
});

test('quiet hours hold what is told all the same, and are said where the test has a time', async () => {
  const quiet = told(['team']);
  const held = { ...quiet, tell: quiet.tell.map((each) => ({ ...each, notBefore: NOW })) };
  const world = worldOf([ruleTest('at night', { at: NOW - 1 }), held], [ruleTest('any time'), held]);
  const { code, stdout } = await run(world, ['test']);
  assert.equal(stdout, '✓ at night  (team: held until 2026-11-23T17:00:00.000Z)\n✓ any time\n');
  assert.equal(code, 0);
});

test('--json is one object a test', async () => {
  const { code, stdout } = await run(worldOf([ruleTest('a bug'), told([])]), ['test', '--json']);
  const { rules, ...rest } = JSON.parse(stdout) as Record<string, unknown>;
  assert.deepEqual(rest, {
    test: 'a bug',
    ok: false,
    expected: ['team'],
    told: [],
    held_until: {},
    problem: null,
    kind: 'issues.opened',
    reason: null,
  });
  assert.ok(Array.isArray(rules));
  assert.equal(code, 1);
});

test('without tests it shows how to write one, and is no failure', async () => {
  const { code, stdout, stderr } = await run(newWorld(), ['test']);
  assert.deepEqual([code, stdout], [0, '']);
  assert.match(stderr, /^No tests are written\.[^]*tests:\n {2}- name: [^]*expect: \[console\]\n$/);
});

test('--config names the file; one that cannot be used ends with 2; the database stays closed', async () => {
  const world = worldOf([ruleTest('fine'), told(['team'])]);
  world.openError = new Error('must not be opened');
  assert.equal((await run(world, ['test', '--config', 'new.yaml'])).code, 0);
  assert.deepEqual(world.loaded, ['new.yaml']);
  world.loadError = new ConfigError([{ where: 'new.yaml:1:1', message: 'is nothing.', excerpt: null }]);
  assert.equal((await run(world, ['test', '--config', 'new.yaml'])).code, 2);
});
