import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MASK } from '../../shared/secrets/secret-shapes.ts';
import { lookAt } from './file-text.ts';
import { notFromHere } from './may-differ.ts';

const PLAIN = new Set(['type', 'provider', 'channel']);
const FILE = `# ours
destinations:
  team:
    type: slack
    webhook_url: \${TEAM_URL}
  desk: { type: slack, token: "xoxb-written-out-1", channel: "#desk" }
retention: { bodies: 30d }
rules:
  - name: \${ONE_NAME}
    on: { issues: [opened] }
    to: [team]
tests:
  - name: a payload of ours
    payload: ./one.json
    type: issues
    expect: [team]
`;

function problems(text: string, file: string | null = FILE): readonly string[] {
  const written = lookAt(text, 'tidings.yaml', PLAIN).written;
  assert.ok(written !== null, 'no YAML');
  const shown = file === null ? null : lookAt(lookAt(file, 'tidings.yaml', PLAIN).shown, 'tidings.yaml', PLAIN).written;
  return notFromHere(written, shown).map(({ where, message }) => `${where}: ${message}`);
}

const SHOWN = lookAt(FILE, 'tidings.yaml', PLAIN).shown;

test('what may be a secret is masked where it stands, and the rest is the text as it is', () => {
  assert.equal(SHOWN, FILE.replace('"xoxb-written-out-1"', MASK));
  const block = 'destinations:\n  a:\n    type: x\n    token: |\n      one\n      two\n    channel: "#a"\nrules: []\n';
  assert.equal(
    lookAt(block, 'tidings.yaml', PLAIN).shown,
    `destinations:\n  a:\n    type: x\n    token: ${MASK}\n    channel: "#a"\nrules: []\n`,
  );
});

test('where it is no YAML, whatever may be a value is masked outside sections that hold no secrets', () => {
  const broken = `sources:\n  github:\n    secrets: [one-written-secret]\nrules:\n  - on: [\n`;
  const { shown, written } = lookAt(broken, 'tidings.yaml', PLAIN);
  assert.equal(written, null);
  assert.doesNotMatch(shown, /one-written/);
  assert.match(shown, /rules:\n {2}- on: \[\n/);
});

test('rules, and what belongs to them, may differ in everything', () => {
  assert.deepEqual(problems(SHOWN), []);
  const other = SHOWN.replace('[opened]', '[closed]').replace('# ours', '# mine, and longer');
  assert.deepEqual(
    problems(`${other}people: { mona: {} }\ndefaults: { to: [desk] }\nreminders: {}\nrepos: { a: [acme/*] }\n`),
    [],
  );
  assert.deepEqual(problems('rules: []\n', null), []);
});

test('where things go, where they come from and what is kept is changed in the file alone', () => {
  const changed = [
    SHOWN.replace('type: slack\n', 'type: command\n    run: [sh]\n'),
    SHOWN.replace('"#desk"', '"#elsewhere"'),
    SHOWN.replace('30d', '1d'),
    SHOWN.replace('${TEAM_URL}', 'https://elsewhere.example'),
    SHOWN.replace('${TEAM_URL}', '${OTHER_URL}'),
    SHOWN.replace(MASK, '"xoxb-another"'),
    `${SHOWN}sources: { github: {} }\n`,
    SHOWN.replace('retention: { bodies: 30d }\n', ''),
    SHOWN.replace('retention: { bodies: 30d }', 'retention:'),
    'rules: []\n',
  ];
  for (const text of changed) assert.match(problems(text).join('\n'), /only (?:in )?the file itself/, text);
  assert.match(
    problems('destinations: { x: { type: command, run: [id] } }\n', null).join('\n'),
    /^tidings\.yaml:1:1: dest/,
  );
  const [first = ''] = problems(SHOWN.replace('"#desk"', '"#elsewhere"'));
  assert.match(first, /^tidings\.yaml:6:50: destinations can't be changed/);
});

test('no variable is read that no rule or test of the file reads, also not one of its own destinations', () => {
  for (const name of ['PATH', 'TEAM_URL', 'GITHUB_WEBHOOK_SECRET']) {
    const places = [
      SHOWN.replace('name: ${ONE_NAME}', `name: \${${name}}`),
      SHOWN.replace('to: [team]', `to: [team]\n    template: "\${${name}}"`),
      SHOWN.replace('to: [team]', `to: [team]\n    if: actor.login == "\${${name}}"`),
      SHOWN.replace('name: a payload', `says: "\${${name}}"\n    name: a payload`),
      `${SHOWN}people: { mona: { slack: "x\${${name}}" } }\n`,
      // An anchor carries it there from where it may stand.
      SHOWN.replace('webhook_url: ${TEAM_URL}', 'webhook_url: &a ${TEAM_URL}').replace('name: ${ONE_NAME}', 'name: *a'),
    ];
    for (const text of places) assert.match(problems(text).join('\n'), /can't be read from here/, text);
  }
  assert.deepEqual(problems(SHOWN.replace('to: [team]', 'to: [team]\n    template: "${ONE_NAME}"')), []);
  assert.deepEqual(problems(SHOWN.replace('to: [team]', () => 'to: [team]\n    template: "$${PATH}"')), []);
});

test('no payload is read that no test of the file names', () => {
  for (const path of ['/etc/passwd', './one.json/../two.json', 'one.json', '${ONE_NAME}']) {
    const text = SHOWN.replace('./one.json', path);
    assert.match(problems(text).join('\n'), /this payload can't be read from here/, path);
  }
  assert.deepEqual(problems(SHOWN.replace('name: a payload of ours', 'name: another name')), []);
});
