import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { CATALOG } from '../../catalog.ts';
import { ConfigError, problemText } from '../config-error.ts';
import { loadConfig } from '../load-config.ts';

async function problems(t: TestContext, yaml: string): Promise<readonly string[]> {
  const cwd = mkdtempSync(join(tmpdir(), 'tidings-rules-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  writeFileSync(join(cwd, 'tidings.yaml'), yaml);
  try {
    await loadConfig({
      catalog: CATALOG,
      env: { GITHUB_WEBHOOK_SECRET: 'known', CONDITION: 'actr' },
      cwd,
      purpose: yaml.includes('tests:') ? 'test' : 'both',
    });
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.problems.map(problemText);
  }
}

const WHO = 'people: { mona: U012AB3CD }\nteams: { acme/backend: S0614TZR7, acme/web: [mona] }\n';

const ONE_LINERS: readonly (readonly [yaml: string, at: string, message: string])[] = [
  // People and teams.
  [
    'people: { mona: mona }',
    'mona',
    'mona must be a member id, as in U012AB3CD: at Slack, the profile → ⋮ → Copy member ID.',
  ],
  ['people: { "@mona": U012AB3CD }', '"@mona"', '"@mona" is no login: write mona, without @.'],
  ['people: { mona: U012AB3CD, Mona: U012AB3CE }', 'Mona', '"Mona" is mona again: keep one.'],
  ['people: { mona: { destination: consol } }', 'consol', 'no destination is named "consol". Did you mean "console"?'],
  [
    'people: { a: { destination: console }, b: { destination: console } }',
    'console',
    "console is a's: a destination belongs to one person.",
  ],
  ['people: { a: { slak: U012AB3CD } }', 'slak', 'slak is not a key here. Did you mean "slack"?'],
  [
    'teams: { acme/a: { slack: U012AB3CD } }',
    'U012AB3CD',
    'slack must be the id of a user group, as in S0614TZR7: at Slack, the group → ⋮ → Copy group ID.',
  ],
  ['teams: { backend: S0614TZR7 }', 'backend', '"backend" is no team: write organisation/team, as in acme/backend.'],
  ['teams: { acme/a: ["@mona"] }', '"@mona"', '"@mona" is no login: write mona, without @.'],
  // Sources.
  ['rules: [{ on: push, sources: [githb, "git*"] }]', 'githb', 'no source is named "githb". Did you mean "github"?'],
  [
    'sources: { hooks: {}, inner: {} }\nrules: [{ on: push, sources: "!outer" }]',
    '"!outer"',
    'no source is named "outer". Known: hooks, inner.',
  ],
  ['rules: [{ on: push, sources: [] }]', 'sources', 'sources is empty: name at least one, or leave it out.'],
  // Events and their filters.
  [
    'rules: [{ on: { issues: { conclusion: failure } } }]',
    'conclusion',
    'issues has no conclusion, so this would never match: conclusion is for workflow_run, deployment_status or check_run.',
  ],
  [
    'rules: [{ on: { pull_request: { tags: v* } } }]',
    'tags',
    'pull_request has no tag, so this would never match: tags is for push, create or delete.',
  ],
  [
    'rules: [{ on: { push: { severity: high } } }]',
    'severity',
    'push has no severity, so this would never match: severity is for code_scanning_alert, dependabot_alert or repository_advisory.',
  ],
  [
    'rules: [{ on: { workflow_run: { conclusion: failed } } }]',
    'failed',
    '"failed" is not a conclusion. Did you mean "failure"?',
  ],
  [
    'rules: [{ on: { workflow_run: { transition: fixd } } }]',
    'fixd',
    'transition cannot be "fixd". Did you mean "fixed"?',
  ],
  [
    'rules: [{ on: { push: { branches: refs/heads/main } } }]',
    'refs/heads/main',
    'branches is compared with the name alone: write main.',
  ],
  [
    'rules: [{ on: { push: { paths: ["!/docs/**"] } } }]',
    '"!/docs/**"',
    "paths is compared with paths from the repository's top: write !docs/**.",
  ],
  [
    'rules: [{ on: { push: { paths: ./src } } }]',
    './src',
    "paths is compared with paths from the repository's top: write src.",
  ],
  [
    'rules: [{ on: { push: { paths: docs/ } } }]',
    'docs/',
    'paths is compared with files: write docs/** for all within.',
  ],
  [
    'rules: [{ on: { issues: { authors: "@mona" } } }]',
    '"@mona"',
    'authors is compared with logins, which have no @: write mona.',
  ],
  [
    'rules: [{ on: { issues: { authors: acme/web } } }]',
    'acme/web',
    'authors is compared with logins: a team goes into teams.',
  ],
  [
    `${WHO}rules: [{ on: { issues: { teams: acme/wep } } }]`,
    'acme/wep',
    '"acme/wep" is not in teams. Did you mean "acme/web"?',
  ],
  [
    `${WHO}rules: [{ on: { issues: { teams: acme/backend } } }]`,
    'acme/backend',
    'nobody is in "acme/backend": give the team its members, as in members: [mona].',
  ],
  ['rules: [{ on: { Push: } }]', 'Push', '"Push" is not a GitHub event. Did you mean "push"?'],
  [
    'rules: [{ on: { "Something Else": } }]',
    '"Something Else"',
    '"Something Else" is not a GitHub event. They are written as in workflow_run, and * is all of them.',
  ],
  // What a rule asks, waits for and calls.
  ['rules: [{ on: push, if: activity.actr.login == "x" }]', 'actr', 'an activity has no "actr". Did you mean "actor"?'],
  [
    'rules: [{ on: issues, if: \'activity.subject.title.matches("(((")\' }]',
    '(',
    'in this pattern, "(" has no closing bracket.',
  ],
  [
    'rules: [{ on: issues, if: \'activity.subject.title.matches("^(?!wip)")\' }]',
    '(?!',
    'in this pattern, "(?!" looks ahead, which no pattern in linear time can: say it in CEL, with && and !.',
  ],
  [
    'rules: [{ on: { push: { branches: "v{1..1000000}" } } }]',
    '"v{1..1000000}"',
    'branches knows no ranges in braces: write out what {1..1000000} stands for, as in {1,2,3}.',
  ],
  [
    'rules: [{ on: push, settle: 20s }]',
    'settle',
    'settle has nothing to wait for: it is for a labels filter, `ignore: drafts` or an `if:` about them. Add one, or leave settle out.',
  ],
  [
    'rules: [{ on: push, ignore: drafts, settle: 11m }]',
    '11m',
    'settle must be a time from 1s to 10m, as in 20s or 2m, or never.',
  ],
  [
    'rules: [{ on: push, ignore: own }]',
    'own',
    "none of this rule's destinations belongs to a person, so nothing is their own. Say whose it is, as in `people: { mona: { destination: console } }`, or leave out own.",
  ],
  [
    'rules: [{ on: push, quiet: { days: sun, zone: Europe/Berln } }]',
    'Europe/Berln',
    'zone is no time zone. Did you mean "Europe/Berlin"?',
  ],
  [
    'rules: [{ on: push, quiet: { hours: "22:00-25:00", zone: UTC } }]',
    '"22:00-25:00"',
    'hours must be a time of day and another, as in "22:00-07:00".',
  ],
  [
    'rules: [{ on: push, quiet: { hours: "07:00-7:00", zone: UTC } }]',
    '"07:00-7:00"',
    'hours ends when it begins: write 00:00-24:00 for the whole day.',
  ],
  ['rules: [{ on: push, quiet: { zone: UTC } }]', 'quiet', 'quiet is never: give hours, days or both.'],
  [
    'rules: [{ on: push, quiet: { days: sun } }]',
    'quiet',
    'zone is missing: say where these hours are, as in `zone: Europe/Berlin`.',
  ],
  [`${WHO}rules: [{ on: push, mention: "@bob" }]`, '"@bob"', '"@bob" is not in people. Add it: `people: { bob: U… }`.'],
  [`${WHO}rules: [{ on: push, mention: "@moan" }]`, '"@moan"', '"@moan" is not in people. Did you mean "@mona"?'],
  [`${WHO}rules: [{ on: push, mention: mona }]`, 'mona', '"mona" is a login: write "@mona".'],
  [
    'rules: [{ on: push, mention: acme/backend }]',
    'acme/backend',
    '"acme/backend" is not in teams. Add it: `teams: { acme/backend: { members: [mona] } }`.',
  ],
  [`${WHO}rules: [{ on: push, mention: autor }]`, 'autor', '"autor" is nobody to mention. Did you mean "author"?'],
  ...['everyone', 'all'].map(
    (word) => [`rules: [{ on: push, mention: ${word} }]`, word, `"${word}" is everybody: write channel.`] as const,
  ),
  ['rules: [{ on: push, mention: "@channel" }]', '"@channel"', '"@channel" is everybody: write channel, without @.'],
  ['rules: [{ on: push, mention: <!here> }]', '<!here>', '"<!here>" is everybody: write here.'],
  ['rules: [{ on: push, mention: Channel }]', 'Channel', '"Channel" is everybody: write channel.'],
  ['rules: [{ on: push, mention: none }]', 'none', '"none" is nobody to mention. Nobody is written [].'],
  // Workflows.
  [
    'rules: [{ on: { workflow_run: { workflows: [CI, "!./.github/workflows/ci.yml"] } } }]',
    '"!./.github/workflows/ci.yml"',
    "workflows is compared with paths from the repository's top: write !.github/workflows/ci.yml.",
  ],
  [
    'rules: [{ on: { push: { workflows: CI } } }]',
    'workflows',
    'push has no workflow, so this would never match: workflows is for workflow_run, deployment_status or deployment.',
  ],
  [
    'rules: [{ on: { workflow_run: [CI] } }]',
    'CI',
    '"CI" is a workflow, not an action: write `workflow_run: { workflows: CI }`.',
  ],
  [
    'rules: [{ on: { workflow_run: .github/workflows/ci.yml } }]',
    '.github/workflows/ci.yml',
    '".github/workflows/ci.yml" is a workflow, not an action: write `workflow_run: { workflows: .github/workflows/ci.yml }`.',
  ],
  [
    'rules: [{ on: { workflow_job: [Backend tests] } }]',
    'Backend tests',
    '"Backend tests" is a workflow, not an action: write `workflow_job: { workflows: "Backend tests" }`.',
  ],
  [
    'rules: [{ on: workflow_run, workflow: CI }]',
    'workflow',
    'workflow is not a key here: it stands behind an event, as in `on: { workflow_run: { workflows: CI } }`.',
  ],
  [
    'rules: [{ on: { workflow_run: { workflow: CI } } }]',
    'workflow',
    'workflow is not a key here. Did you mean "workflows"?',
  ],
  [
    'rules: [{ on: { workflow_run: { conclusion: failure } }, if: \'activity.workflow == "CI"\' }]',
    'activity.workflow == "CI"',
    'a list holds texts: write "CI" in activity.workflow.',
  ],
  [
    'rules: [{ on: push, if: \'activity.became == "failed"\' }]',
    'became',
    'an activity has no "became". Did you mean "headline"?',
  ],
  // Lists of repositories, and what rules have in common.
  [
    'repos: { backend: acme/api }\nrules: [{ on: push, repos: [backedn] }]',
    'backedn',
    'no list in repos is named "backedn". Did you mean "backend"?',
  ],
  [
    'repos: { backend: acme/api }\nrules: [{ on: push, repos: "!web" }]',
    '"!web"',
    'no list in repos is named "web". A repository is compared with "owner/name": write acme/api, acme/* or */api.',
  ],
  [
    'repos: { backend: [acme/api, "!acme/old"] }',
    '"!acme/old"',
    'backend leaves out nothing: a rule does, as in repos: [backend, "!acme/old"].',
  ],
  [
    'repos: { a: acme/api, b: [a, acme/web] }',
    'a',
    'b has repositories, and no other list: write acme/a, or name both lists in the rule.',
  ],
  ['repositories: { a: acme/api }', 'repositories', 'repositories is not a key here: write `repos:`.'],
  [
    'defaults: { workflows: CI }',
    'workflows',
    'workflows is not a key here: it stands behind an event of a rule, as in `on: { workflow_run: { workflows: … } }`.',
  ],
  [
    'rules: [{ on: push, quiet: none }]',
    'none',
    'quiet must be hours with their zone, or never: write `quiet: never`.',
  ],
  ['rules: [{ on: push, quiet: }]', 'quiet', 'quiet is empty: give it hours with their zone, or write `quiet: never`.'],
  [
    'repos: { a/b: acme/api }',
    'a/b',
    '"a/b" cannot be a name: use up to 64 letters, digits, - and _, a letter or digit first.',
  ],
  [
    'repos: [acme/api]',
    'repos',
    'repos must be names with their repositories: write `repos: { backend: [acme/api, acme/jobs] }`, or for all rules `defaults: { repos: … }`.',
  ],
  ['defaults: { ignor: bots }', 'ignor', 'ignor is not a key here. Did you mean "ignore"?'],
  [
    'defaults: { on: push }',
    'on',
    'on is not a key here: events belong to a rule: a default is what rules have in common.',
  ],
  ['defaults: { quiet: { tz: UTC, days: sun, zone: UTC } }', 'tz', 'tz is not a key here: write `zone:`.'],
  [
    'defaults: { to: [] }',
    'to',
    'to is empty, so no rule does anything. Leave it out for every destination, or name one.',
  ],
  [
    'rules: [{ on: push }, { on: star }]\ndefaults: { to: consol }',
    'consol',
    'no destination is named "consol". Did you mean "console"?',
  ],
  [
    'rules: [{ on: push }, { on: star }]\ndefaults: { mention: autor }',
    'autor',
    '"autor" is nobody to mention. Did you mean "author"?',
  ],
  [
    'quiet: { days: sun, zone: UTC }',
    'quiet',
    'quiet is not a key here: quiet hours belong to a rule, or for all rules to `defaults: { quiet: { hours: "22:00-07:00", zone: Europe/Berlin } }`.',
  ],
  // Tests.
  [
    `${WHO}tests: [{ name: a, event: push, expect: { consol: mona } }]`,
    'consol',
    'no destination is named "consol". Did you mean "console"?',
  ],
  [
    `${WHO}tests: [{ name: a, event: push, expect: { console: [moan] } }]`,
    'moan',
    '"moan" is not in people. Did you mean "mona"?',
  ],
  [
    `${WHO}tests: [{ name: a, event: push, expect: { console: author } }]`,
    'author',
    '"author" is whoever it is: name who is called, as in mona.',
  ],
  [
    'tests: [{ name: a, event: push, expect: { console: ["@here"] } }]',
    '"@here"',
    '"@here" is everybody: write here, without @.',
  ],
  [
    'tests: [{ name: a, event: push, expect: console, mention: here }]',
    'mention',
    'mention is not a key here: write `expect: { team: [mona] }`: whom each destination calls.',
  ],
  [
    'tests: [{ name: a, event: push, expect: 7 }]',
    '7',
    'expect must be destinations: write `expect: [team]`, or with whom it calls there, `expect: { team: [mona] }`.',
  ],
  [
    'tests: [{ name: a, event: push, expect: consol }]',
    'consol',
    'no destination is named "consol". Did you mean "console"?',
  ],
  [
    'tests: [{ name: a, payload: a.json, expect: [] }]',
    'a.json',
    'type is missing: say which event the payload is, as in type: pull_request.',
  ],
  [
    'tests: [{ name: a, event: push, at: 2026-01-15T23:30, expect: [] }]',
    '2026-01-15T23:30',
    'at must be a date and time with its offset, as in 2026-01-15T23:30:00+01:00.',
  ],
  ['tests: [{ event: push, expect: [] }]', 'event', 'name is missing: say in words what is expected.'],
];

for (const [yaml, at, message] of ONE_LINERS) {
  test(`${yaml.split('\n').at(-1)} is answered: ${message}`, async (t) => {
    const [first = '', ...more] = await problems(t, `${yaml}\n`);
    assert.deepEqual(more, []);
    const [said = '', line = '', carets = ''] = first.split('\n');
    assert.equal(said.replace(/^tidings\.yaml:\d+:\d+: /, ''), message);
    assert.equal(line.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1), at);
  });
}

test('a mistake in a condition of several lines is shown in its own line, at its column', async (t) => {
  const yaml = `rules:
  - on: push
    if: |
      activity.actor.login != "mona" &&
        activity.subjct.title == ""
`;
  assert.deepEqual(await problems(t, yaml), [
    `tidings.yaml:5:18: an activity has no "subjct". Did you mean "subject"?
  5 |         activity.subjct.title == ""
    |                  ^^^^^^`,
  ]);
});

test('a condition out of a variable is pointed at as a whole', async (t) => {
  const [problem = ''] = await problems(t, 'rules:\n  - on: push\n    if: ${CONDITION}\n');
  assert.match(problem, /^tidings\.yaml:3:9: "actr" is not known here/);
  assert.match(problem, /\n {4}\| {9}\^{12}$/);
});

test('an event is called by its name, also where a variable has its actions', async (t) => {
  const [problem = ''] = await problems(t, 'rules: [{ on: { isues: "${CONDITION}" } }]\n');
  assert.match(problem, /: "isues" is not a GitHub event\. Did you mean "issues"\?\n/);
});
