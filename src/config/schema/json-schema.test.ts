import assert from 'node:assert/strict';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { CATALOG } from '../../catalog.ts';
import { everyEvent } from '../../run/every-event.ts';
import { ConfigError } from '../config-error.ts';
import { loadConfig } from '../load-config.ts';
import { rowsOf } from '../rows/rows.ts';
import { jsonSchema } from './json-schema.ts';

const ROWS = await rowsOf(CATALOG);
const { catalog: EVENTS } = await everyEvent();

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const validate = new Ajv({
  strict: true,
  inlineRefs: false,
  allErrors: true,
  strictTypes: false,
  strictRequired: false,
}).compile(jsonSchema(ROWS, EVENTS));
const SECTIONS = new Set(Object.keys(jsonSchema(ROWS, EVENTS)['properties'] as object));

function isValid(yaml: string): boolean {
  return validate(parse(yaml) ?? {});
}

/** The first is what `tidings.yaml` is, the rest may be the files of other programs. */
const EXAMPLES = ['README.md', ...globSync('docs/**/*.md', { cwd: ROOT })].flatMap((page) => {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const blocks = Array.from(text.matchAll(/^```ya?ml\n([^]*?)^```$/gm), ([, yaml = '']) => yaml);
  return blocks.filter(isOurs).map((yaml, index) => ({ name: `${page}, example ${index + 1}`, yaml }));
});

function isOurs(yaml: string): boolean {
  const data: unknown = parse(yaml) ?? {};
  return typeof data === 'object' && data !== null && Object.keys(data).every((key) => SECTIONS.has(key));
}

test('the pages have examples', () => assert.ok(EXAMPLES.length > 15, String(EXAMPLES.length)));

for (const { name, yaml } of EXAMPLES) {
  test(`an editor takes ${name}`, () => assert.ok(isValid(yaml), JSON.stringify(validate.errors, null, 1)));
}

const DESTINATION = 'destinations: { console: { type: console } }';

async function loads(t: TestContext, yaml: string): Promise<boolean> {
  const cwd = mkdtempSync(join(tmpdir(), 'tidings-schema-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  writeFileSync(join(cwd, 'tidings.yaml'), yaml);
  try {
    await loadConfig({
      catalog: CATALOG,
      env: { GITHUB_WEBHOOK_SECRET: 'x', V: '1', T: 'xoxb-1-a', E: 'push' },
      cwd,
      purpose: yaml.includes('tests:') ? 'test' : 'both',
    });
    return true;
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return false;
  }
}

const TAKEN: readonly string[] = [
  'sources: { github: }',
  'retention: { bodies: 30d, events: forever, attempts: 12h, max_size: 10GiB, archive_to: ./a, acme/x-*: { bodies: "1 d" } }',
  'retention: { bodies: "${V}d", max_size: none, github: { bodies: 2w } }',
  'sources: { github: { secrets: "${V}", recover: acme } }',
  'destinations: { a: { type: slack, token: "${T}", channel: "#a", per_second: "${V}" } }',
  'destinations: { a: { type: slack, token: "${T}", channel: "#a", menu: true }, b: { type: slack, token: "${T}", direct: true, menu: true } }',
  'sources: { chat: { provider: slack, secrets: x } }\ndestinations: { a: { type: slack, token: "${T}", answers: chat } }',
  'destinations: { a: { type: http, url: "https://x/${V}", concurrency: "4" } }',
  'people: { mona: U012AB3CD, bob: { slack: W012AB3CD } }',
  `people: { mona: { destination: console } }\n${DESTINATION}`,
  'teams: { acme/a: { slack: S0614TZR7 }, acme/b: { members: mona } }',
  'rules: [{ on: push }]',
  'rules: [{ on: "${E}" }]',
  'rules: [{ on: [push, star], repos: acme/*, ignore: bots }]',
  'rules: [{ on: { push: , issues: opened, star: [created], fork: true, watch: { types: started } } }]',
  'rules: [{ on: { "*": }, to: [], stop: true }]',
  'rules: [{ on: { agent_task: [started] } }]',
  'rules: [{ on: { pull_request: { branches: main, labels: bug, paths: "src/**" } } }]',
  'rules: [{ on: { pull_request: { branches: { base: main, head: [a, b] }, labels: { any: a, none: [b] } } } }]',
  'rules: [{ on: { workflow_run: { conclusion: failure, transition: broke } } }]',
  'rules: [{ on: { dependabot_alert: { severity: [high] } }, if: "true" }]',
  'rules: [{ on: push, ignore: drafts, settle: 20 }, { on: star, ignore: drafts, settle: 1.5m }]',
  'rules: [{ on: push, quiet: { hours: ["22:00-7:00", "12:00-13:00"], days: sun, zone: UTC } }]',
  'rules: [{ on: { workflow_run: { workflows: [CI, "!nightly-*.yml"] } } }]',
  'rules: [{ on: push, mention: [here, channel] }, { on: star, mention: [] }]',
  'repos: { backend: [acme/api, "acme/jobs-*"], all: "**" }\nrules: [{ on: push, repos: [backend, "!all", acme/web] }]',
  `defaults: { ignore: [bots], quiet: { days: sun, zone: UTC }, settle: 20s, to: console, mention: here }\n${DESTINATION}\nrules: [{ on: push, quiet: never, settle: never, ignore: [] }]`,
  `tests: [{ name: a, event: push, expect: { console: [here, mona] } }, { name: b, event: push, expect: { console: } }]\n${DESTINATION}\npeople: { mona: U012AB3CD }`,
  'rules: [{ on: push, mention: [author, "@mona", acme/a] }]\npeople: { mona: U012AB3CD }\nteams: { acme/a: { members: mona } }',
  `tests: [{ name: a, event: push, set: { a.b: [1] }, previous: failure, at: "2026-01-15T23:30:00Z", expect: console }]\n${DESTINATION}`,
  'tests: [{ name: a, payload: x.json, type: push, expect: [] }]',
];

for (const yaml of TAKEN) {
  test(`an editor and the loader take ${yaml}`, async (t) => {
    assert.ok(await loads(t, yaml), 'the loader');
    assert.ok(isValid(yaml), JSON.stringify(validate.errors, null, 1));
  });
}

const REFUSED: readonly string[] = [
  'rulez: []',
  'sources: {}',
  'sources: { github: { secrets: [] } }',
  'sources: { github: { provider: gihub } }',
  'destinations: { a: }',
  'destinations: { a: { type: slak } }',
  'destinations: { a: { type: slack } }',
  'destinations: { a: { type: slack, webhook_url: "https://x", token: xoxb-1-a } }',
  'destinations: { a: { type: slack, webhook_url: "https://x", per_second: 1001 } }',
  'destinations: { a: { type: slack, webhook_url: "https://x", menu: true } }',
  'destinations: { a: { type: slack, answers: github } }',
  'destinations: { a: { type: slack, token: xoxb-1-a, answers: "" } }',
  'destinations: { a: { type: slack, token: xoxb-1-a, answers: github, channel: "#a" } }',
  'destinations: { a: { type: slack, token: xoxb-1-a, answers: github, direct: true } }',
  'destinations: { a: { type: slack, token: xoxb-1-a, answers: github, menu: true } }',
  'destinations: { a: { type: http, url: "ftp://x" } }',
  'destinations: { a: { type: http, url: "https://x", concurrency: 1.5 } }',
  'destinations: { a: { type: console, url: "https://x" } }',
  'people: { mona: }',
  'people: { mona: bob }',
  'people: { mona: { slack: S0614TZR7 } }',
  'people: { mona: {} }',
  'teams: { acme/a: {} }',
  'teams: { acme/a: { slack: U012AB3CD } }',
  'rules: []',
  'rules: [{ to: console }]',
  'rules: [{ on: {} }]',
  'rules: [{ on: [push, 5] }]',
  'rules: [{ on: { push: 5 } }]',
  'rules: [{ on: { push: { typs: a } } }]',
  'rules: [{ on: { push: { branches: [] } } }]',
  'rules: [{ on: { push: { branches: { bas: a } } } }]',
  'rules: [{ on: { push: { labels: {anny: a } } } }]',
  'rules: [{ on: push, repos: "api*" }]',
  'repos: { backend: [api] }',
  'repos: { backend: ["!acme/api"] }',
  'defaults: {}',
  'defaults: { on: push }',
  'defaults: { ignore: bot }',
  'rules: [{ on: push, quiet: always }]',
  'rules: [{ on: push, ignore: bot }]',
  'rules: [{ on: push, to: [] }]',
  'rules: [{ on: push, stop: "yes" }]',
  'rules: [{ on: push, if: true }]',
  'rules: [{ on: push, ignore: drafts, settle: 20h }]',
  'rules: [{ on: push, ignore: drafts, settle: 0 }]',
  'rules: [{ on: push, quiet: { days: sun } }]',
  'rules: [{ on: push, quiet: { zone: UTC } }]',
  'rules: [{ on: push, quiet: { days: sunday, zone: UTC } }]',
  'rules: [{ on: push, quiet: { hours: 22-7, zone: UTC } }]',
  'rules: [{ on: push, mention: mona }]',
  'rules: [{ on: { workflow_run: { transition: broken } } }]',
  'rules: [{ on: { dependabot_alert: { severity: moderate } } }]',
  'retention: {}',
  'retention: { bodies: 30 }',
  'retention: { bodies: 30x }',
  'retention: { bodys: 30d }',
  'retention: { max_size: 10G }',
  'retention: { acme/x: 1d }',
  'retention: { acme/x: {} }',
  'retention: { acme/x: { events: 40d } }',
  'tests: [{ event: push, expect: [] }]',
  'tests: [{ name: a, event: push }]',
  'tests: [{ name: a, expect: [] }]',
  'tests: [{ name: a, event: push, type: push, expect: [] }]',
  'tests: [{ name: a, payload: a.json, expect: [] }]',
  'tests: [{ name: a, event: push, at: 2026-01-15, expect: [] }]',
  'tests: [{ name: a, event: push, set: { a..b: 1 }, expect: [] }]',
  'tests: [{ name: a, event: push, previous: cancelled, expect: [] }]',
];

for (const yaml of REFUSED) {
  test(`neither an editor nor the loader takes ${yaml}`, async (t) => {
    assert.equal(await loads(t, yaml), false, 'the loader');
    assert.equal(isValid(yaml), false, 'the editor');
  });
}
