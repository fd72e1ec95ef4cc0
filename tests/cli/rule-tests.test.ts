import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CliError } from '../../src/cli/cli-error.ts';
import { report } from '../../src/cli/commands/rule-tests.ts';
import type { RuleTest } from '../../src/config/config.ts';
import type { Rehearsal } from '../../src/model/trial/rehearsal.ts';
import { anActivity } from '../fixtures/activities.ts';
import { dataDir } from '../support/data-dir.ts';
import { NOW, newWorld, run, runWith, talking } from './test-cli.ts';

/** Told, whoever is called. */
function to(...destinations: readonly string[]): RuleTest['expect'] {
  return destinations.map((destination) => ({ destination, called: null }));
}

function ruleTest(name: string, changes: Partial<RuleTest> = {}): RuleTest {
  const payload = { kind: 'sample', name: 'issues.opened' } as const;
  return {
    name,
    payload,
    set: new Map(),
    files: null,
    previous: null,
    at: null,
    says: null,
    expect: to('team'),
    ...changes,
  };
}

function told(destinations: readonly string[], changes: Partial<Rehearsal> = {}): Rehearsal {
  const tell = destinations.map((destination) => ({ destination, rule: 'bugs', mentions: [], notBefore: null }));
  const check = { check: 'on.labels.any', wanted: 'bug', actual: 'no labels', ok: destinations.length > 0 };
  const result = check.ok ? 'matched' : 'no_match';
  const trace = { kind: 'issues.opened', rules: [{ rule: 'bugs', result, checks: [check], to: ['team'] } as const] };
  return {
    kind: 'issues.opened',
    tell,
    trace,
    reason: null,
    wantsPaths: false,
    activities: new Map(),
    taken: [],
    ...changes,
  };
}

type Made = readonly (readonly [RuleTest, Rehearsal | string])[];

function tested(made: Made, isJson = false) {
  const results = made.map(([, each]) =>
    typeof each === 'string' ? ({ ok: false, problem: each } as const) : ({ ok: true, rehearsal: each } as const),
  );
  const tests = made.map(([written]) => written);
  return talking(newWorld(), (context) => report(context, tests, results, isJson));
}

test('each test is a line; the order of destinations does not matter', async () => {
  const { stdout, stderr, error } = await tested([
    [ruleTest('both', { expect: to('team', 'audit') }), told(['audit', 'team'])],
    [ruleTest('nobody', { expect: [] }), told([])],
  ]);
  assert.deepEqual([stdout, stderr, error], ['✓ both\n✓ nobody\n', 'All 2 tests passed.\n', null]);
});

test('who takes all anyway may be named or not, and is said', async () => {
  const taken = ['app'];
  const { stdout, error } = await tested([
    [ruleTest('not named'), told(['team'], { taken })],
    [ruleTest('named', { expect: to('team', 'app') }), told(['team'], { taken })],
    [ruleTest('by a rule too', { expect: [] }), told(['app'], { taken })],
    [ruleTest('another', { expect: to('app') }), told(['team'], { taken })],
  ]);
  assert.match(stdout, /^✓ not named {2}\(app takes all\)\n✓ named {2}\(app takes all\)\n✓ by a rule too/);
  assert.match(stdout, /✗ another\n {4}expected {2}app\n {4}got {7}team\n {4}app takes all\n/);
  assert.match(String(error), /1 of 4 tests failed/);
});

test('a failed one shows what was expected, what came out and why; the exit code is 1', async () => {
  const { stdout, error } = await tested([
    [ruleTest('fine'), told(['team'])],
    [ruleTest('a bug'), told([], { wantsPaths: true })],
  ]);
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
  assert.ok(error instanceof CliError);
  assert.deepEqual([error.exitCode, error.message], [1, '1 of 2 tests failed.']);
});

test('whom a message calls is part of a test that names somebody, or nobody', async () => {
  const calling = (...names: readonly string[]) => {
    const mentions = names.map((name) => ({ name, ids: {} }));
    return told(['team', 'desk'], {
      tell: [
        { destination: 'team', rule: 'bugs', mentions, notBefore: null },
        { destination: 'desk', rule: 'bugs', mentions, notBefore: null },
      ],
    });
  };
  const expecting = (...called: readonly string[]) =>
    ruleTest('asked', { expect: [...to('desk'), { destination: 'team', called }] });
  const { stdout } = await tested([
    [expecting('acme/backend', 'Mona'), calling('mona', 'acme/backend')],
    [expecting(), calling()],
    [expecting(), calling('mona')],
    [expecting('mona', 'here'), calling('mona')],
    [expecting('mona'), calling()],
  ]);
  assert.deepEqual(stdout.match(/^[✓✗].*$|(?:expected|got|A message) .*$/gm), [
    '✓ asked',
    '✓ asked',
    '✗ asked',
    'expected  desk, team (calls nobody)',
    'got       team (calls mona), desk',
    '✗ asked',
    'expected  desk, team (calls mona, here)',
    'got       team (calls mona), desk',
    '✗ asked',
    'expected  desk, team (calls mona)',
    'got       team (calls nobody), desk',
    'A message calls whom `mention` asks for and `people` or `teams` know, and never who did it.',
  ]);
});

test('what cannot be run has failed, with its reason, also where nobody is expected', async () => {
  const { stdout, error } = await tested([[ruleTest('x', { expect: [] }), 'there is no sample "x"']]);
  assert.equal(stdout, '✗ x\n    there is no sample "x"\n');
  assert.ok(error instanceof CliError);
});

test('quiet hours hold what is told all the same, and are said where the test has a time', async () => {
  const quiet = told(['team']);
  const held = { ...quiet, tell: quiet.tell.map((each) => ({ ...each, notBefore: NOW })) };
  const { stdout } = await tested([
    [ruleTest('at night', { at: NOW - 1 }), held],
    [ruleTest('any time'), held],
  ]);
  assert.equal(stdout, '✓ at night  (team: held until 2026-11-23T17:00:00.000Z)\n✓ any time\n');
});

test('--json is one object a test', async () => {
  const { stdout } = await tested([[ruleTest('a bug'), told([])]], true);
  const { rules, ...rest } = JSON.parse(stdout) as Record<string, unknown>;
  assert.deepEqual(rest, {
    test: 'a bug',
    ok: false,
    expected: ['team'],
    told: [],
    takes_all: [],
    expected_called: {},
    called: {},
    says: {},
    expected_to_say: null,
    held_until: {},
    problem: null,
    kind: 'issues.opened',
    reason: null,
  });
  assert.ok(Array.isArray(rules));
});

test('without tests it shows how to write one, and is no failure', async () => {
  const { code, stdout, stderr } = await run(newWorld(), ['test']);
  assert.deepEqual([code, stdout], [0, '']);
  assert.match(stderr, /^No tests are written\.[^]*tests:\n {2}- name: [^]*expect: \[console\]\n$/);
});

test('--config names the file; one that cannot be used ends with 2; no database is made', async () => {
  await using dir = await dataDir();
  const place = { env: { DATA_DIR: join(dir.path, 'data') }, cwd: dir.path };
  const command = ['test', '--config', 'new.yaml'];
  const fine = 'tests: [{ name: fine, event: issues.opened, expect: [console] }]';
  writeFileSync(join(dir.path, 'new.yaml'), `rules: [{ on: issues, to: console }]\n${fine}`);
  const { code, stdout, stderr } = await runWith(place, command);
  assert.deepEqual([code, stdout], [0, '✓ fine\n'], stderr);
  assert.ok(!existsSync(join(dir.path, 'data')));
  writeFileSync(join(dir.path, 'new.yaml'), 'nothing');
  assert.equal((await runWith(place, command)).code, 2);
});

test('what a template makes of it is said, or compared with what the test says; one that fails says why', async () => {
  const saying = (sentence: string | null, changes: Partial<Rehearsal> = {}) =>
    told(['team'], { activities: new Map([['team', anActivity({ sentence })]]), ...changes });
  const worded = [{ by: 'rule bugs', to: ['team'], why: '{{ payload.id }}: no id' }];
  const { stdout } = await tested([
    [ruleTest('unsaid'), saying('A new bug')],
    [ruleTest('said', { says: 'A new bug' }), saying('A new bug')],
    [ruleTest('in usual words'), saying(null)],
    [ruleTest('failing'), saying(null, { trace: { kind: 'issues.opened', rules: [], worded } })],
    [ruleTest('other', { says: 'A new bug' }), saying('An old bug', { trace: null })],
  ]);
  const usual = 'mona opened issue #12 in acme/api: Uploads fail on Safari';
  assert.equal(
    stdout,
    `✓ unsaid
    team says  A new bug
✓ said
✓ in usual words
✓ failing
    team says  ${usual}
    Template of rule bugs: failed, and the usual words go to team: {{ payload.id }}: no id
✗ other
    expected  team
    got       team
    to say    A new bug
    team says  An old bug
`,
  );
});
