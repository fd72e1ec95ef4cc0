import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { CATALOG } from '../catalog.ts';
import { changes } from './changes.ts';
import { ConfigError, problemText } from './config-error.ts';
import { describeConfig } from './describe/describe-config.ts';
import { loadConfig } from './load-config.ts';
import { rowsOf } from './rows/rows.ts';

function load(t: TestContext, yaml: string) {
  const cwd = mkdtempSync(join(tmpdir(), 'tidings-template-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  writeFileSync(join(cwd, 'tidings.yaml'), yaml);
  const env = { GITHUB_WEBHOOK_SECRET: 'known', GENERIC_WEBHOOK_SECRET: 'known', TEAM: 'Team {{ payload.team }}' };
  return loadConfig({ catalog: CATALOG, env, cwd, readOnly: true, purpose: 'read' });
}

async function problem(t: TestContext, yaml: string): Promise<string> {
  const error = await load(t, yaml).then(
    () => assert.fail(`it is taken: ${yaml}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ConfigError, String(error));
  return error.problems.map(problemText).join('\n');
}

const FILE = `sources:
  github:
  shop: { provider: generic, template: "Sold {{ payload.order.id }}" }
rules:
  - { on: push, template: "{{ activity.actor.login }} pushed" }
  - { on: star }
`;

test('a template that cannot be filled in is pointed at, in a rule and in a source', async (t) => {
  assert.equal(
    await problem(t, 'rules:\n  - on: push\n    template: >\n      Pushed\n      by {{ activity.actr.login }}\n'),
    `tidings.yaml:5:22: an activity has no "actr". Did you mean "actor"?
  5 |       by {{ activity.actr.login }}
    |                      ^^^^`,
  );
  assert.equal(
    await problem(t, 'sources:\n  shop:\n    provider: generic\n    template: "Order {payload.order.id}"\n'),
    `tidings.yaml:4:22: a value stands in two braces: write {{ payload.order.id }}.
  4 |     template: "Order {payload.order.id}"
    |                      ^^^^^^^^^^^^^^^^^^`,
  );
  assert.match(await problem(t, 'rules: [{ on: push, template: "{{ payload.?a }}" }]'), /: template may be missing: /);
  assert.match(await problem(t, 'rules: [{ on: push, template: " " }]'), /template is empty/);
  assert.match(await problem(t, 'rules: [{ on: push, tempate: x }]'), /Did you mean "template"\?/);
  const twice = await problem(
    t,
    'sources: { shop: { provider: generic, template: "{{ a }}" } }\nrules: [{ on: push, template: "{{ b }}" }]',
  );
  assert.match(twice, /"a" is not known here[^]*"b" is not known here/);
});

test('what it says is printed as it was written, and a change of it is in force at once', async (t) => {
  const config = await load(t, FILE);
  const printed = describeConfig(config, await rowsOf(CATALOG)) as {
    readonly sources: { readonly shop: { readonly template?: string }; readonly github: object };
    readonly rules: readonly { readonly template?: string }[];
  };
  assert.equal(printed.sources.shop.template, 'Sold {{ payload.order.id }}');
  assert.ok(!('template' in printed.sources.github));
  assert.deepEqual(
    printed.rules.map(({ template }) => template),
    ['{{ activity.actor.login }} pushed', undefined],
  );
  for (const changed of [FILE.replace('Sold', 'Gone'), FILE.replace('pushed', 'was here')]) {
    const after = { ...(await load(t, changed)), dataDir: config.dataDir, database: config.database };
    const { atOnce, atStart } = changes(config, after);
    assert.deepEqual([atOnce, atStart], [true, []]);
  }
});

test('a variable may be part of it, and is not printed', async (t) => {
  const config = await load(
    t,
    'rules: [{ on: push, template: "${TEAM}: {{ activity.headline }} for $${{ payload.sum }}" }]',
  );
  assert.equal(
    config.rules[0]?.template?.text,
    'Team {{ payload.team }}: {{ activity.headline }} for ${{ payload.sum }}',
  );
  const { rules } = describeConfig(config, await rowsOf(CATALOG)) as { readonly rules: readonly object[] };
  assert.deepEqual(rules[0], { name: 'rule-1', on: { push: {} }, to: ['console'], template: '[from TEAM]' });
});
