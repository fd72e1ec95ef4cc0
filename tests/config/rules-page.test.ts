import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { CATALOG } from '../../src/catalog.ts';
import { ConfigError } from '../../src/config/config-error.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { sampleChecker } from '../../src/run/check-sample.ts';
import { load } from '../../src/run/load.ts';
import { rehearseAll } from '../../src/run/rehearse.ts';
import { isAsExpected } from '../../src/run/test-results.ts';
import { dataDir } from '../support/data-dir.ts';

const PAGE = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8');
const EXAMPLES = [...PAGE.matchAll(/^### (.+)$[^]*?^```yaml\n([^]*?)^```$/gm)].map(([, title = '', yaml = '']) => ({
  title,
  yaml,
}));

/** What people asked GitHub's own app for that rules answer, by its issue numbers. */
const ASKS =
  '441 519 1254 972 406 544 1422 681 382 1519 1122 1331 1065 795 1563 1655 1185 435 784 1339 1778 1106 722 1567 1637 2001 987 1322 1453';
const SLACK = { SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T0/B0/team', SLACK_BOT_TOKEN: 'xoxb-1-a' };

describe('docs/rules.md', () => {
  test('answers each of the requests', () => {
    const missing = ASKS.split(' ').filter((number) => !PAGE.includes(`integrations/slack/issues/${number})`));
    assert.deepEqual(missing, []);
    assert.ok(EXAMPLES.length >= 16);
  });

  for (const { title, yaml } of EXAMPLES) {
    test(`${title}: as copied, on a fresh clone, its tests pass`, async () => {
      await using dir = await dataDir();
      writeFileSync(join(dir.path, 'tidings.yaml'), yaml);
      const config = await loadConfig({
        catalog: CATALOG,
        env: {},
        cwd: dir.path,
        readOnly: true,
        purpose: 'test',
        checkSample: await sampleChecker(),
      });
      assert.deepEqual(config.notes, []);
      assert.ok(config.tests.length >= 2);
      assert.ok(config.tests.some(({ expect }) => expect.length > 0));
      for (const [index, made] of (await rehearseAll(config.tests, config)).entries()) {
        const wanted = config.tests[index];
        assert.ok(made.ok, `${wanted?.name}: ${made.ok ? '' : made.problem}`);
        assert.ok(wanted && isAsExpected(wanted, made.rehearsal), `${wanted?.name}: ${made.rehearsal.reason}`);
      }
      await loadConfig({ catalog: CATALOG, env: {}, cwd: dir.path, readOnly: true, purpose: 'read' });
      await loadConfig({ catalog: CATALOG, env: SLACK, cwd: dir.path, readOnly: true, purpose: 'both' });
    });
  }

  test('a misspelt sample, and a path that no payload has, are marked where they stand', async () => {
    await using dir = await dataDir();
    const tests = `tests:
  - { name: a, event: issues.opened, set: { issue.titel: x, issue.state_reason: completed }, expect: [] }
  - { name: b, event: issues, expect: [] }
  - { name: c, event: pull_request.opend, expect: [] }
`;
    writeFileSync(join(dir.path, 'tidings.yaml'), `rules: [{ on: issues }]\n${tests}`);
    const loading = load({ readOnly: true, purpose: 'test' }, { env: {}, cwd: dir.path });
    const error = await loading.then(
      () => assert.fail(),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ConfigError, String(error));
    assert.deepEqual(
      error.problems.map(({ where, message }) => `${where} ${message.slice(0, 68)}`),
      [
        'tidings.yaml:3:45 there is no issue.titel. Did you mean issue.title?',
        'tidings.yaml:4:23 there is no sample "issues". Say what happens to it: issues.opened, ',
        'tidings.yaml:5:23 there is no sample "pull_request.opend". Did you mean pull_request.o',
      ],
    );
  });

  test('names every field that a condition sees', async () => {
    const { ACTIVITY_FIELDS } = await import('../../src/route/condition/condition-fields.ts');
    for (const [name, type] of Object.entries(ACTIVITY_FIELDS)) {
      const fields = typeof type === 'string' ? [name] : Object.keys(type).map((field) => `${name}.${field}`);
      for (const field of fields) assert.ok(PAGE.includes(`\`${field}\``), field);
    }
  });
});
