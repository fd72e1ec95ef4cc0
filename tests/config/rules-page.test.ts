import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { rehearseAll } from '../../src/app/rehearse.ts';
import { loadConfig } from '../../src/surface/config/load-config.ts';
import { dataDir } from '../support/data-dir.ts';

const PAGE = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8');
const EXAMPLES = [...PAGE.matchAll(/^### (.+)$[^]*?^```yaml\n([^]*?)^```$/gm)].map(([, title = '', yaml = '']) => ({
  title,
  yaml,
}));

/** What people asked GitHub's own app for that is about filtering, by its issue numbers. */
const ASKS = '441 519 1254 972 406 544 1422 681 382 1519 1122 1331 1065 795 1563 1655 1185 435 784 1339 1778 1106 722';
const SLACK = { SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T0/B0/team' };

describe('docs/rules.md', () => {
  test('answers each of the requests about filtering', () => {
    const missing = ASKS.split(' ').filter((number) => !PAGE.includes(`integrations/slack/issues/${number})`));
    assert.deepEqual(missing, []);
    assert.ok(EXAMPLES.length >= 16);
  });

  for (const { title, yaml } of EXAMPLES) {
    test(`${title}: as copied, on a fresh clone, its tests pass`, async () => {
      await using dir = await dataDir();
      writeFileSync(join(dir.path, 'tidings.yaml'), yaml);
      const config = await loadConfig({ env: {}, cwd: dir.path, readOnly: true, purpose: 'test' });
      assert.deepEqual(config.notes, []);
      assert.ok(config.tests.length >= 2);
      assert.ok(config.tests.some(({ expect }) => expect.length > 0));
      for (const [index, made] of rehearseAll(config.tests, config).entries()) {
        const wanted = config.tests[index];
        assert.ok(made.ok, `${wanted?.name}: ${made.ok ? '' : made.problem}`);
        const { tell, reason } = made.rehearsal;
        const told = tell.map(({ destination }) => destination);
        assert.deepEqual(told.toSorted(), wanted?.expect.toSorted(), `${wanted?.name}: ${reason}`);
      }
      await loadConfig({ env: {}, cwd: dir.path, readOnly: true, purpose: 'read' });
      await loadConfig({ env: SLACK, cwd: dir.path, readOnly: true, purpose: 'both' });
    });
  }

  test('names every field that a condition sees', async () => {
    const { ACTIVITY_FIELDS } = await import('../../src/route/condition-fields.ts');
    for (const [name, type] of Object.entries(ACTIVITY_FIELDS)) {
      const fields = typeof type === 'string' ? [name] : Object.keys(type).map((field) => `${name}.${field}`);
      for (const field of fields) assert.ok(PAGE.includes(`\`${field}\``), field);
    }
  });
});
