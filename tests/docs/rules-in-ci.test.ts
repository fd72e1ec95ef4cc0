import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { yamlDocuments } from '../deploy/deploy-file.ts';
import { workflowProblems } from '../deploy/workflow-problems.ts';
import { dataDir } from '../support/data-dir.ts';
import { ran } from '../support/in-process.ts';
import { blocks, read } from './documents.ts';

const PAGE = read('docs/rules-in-ci.md');
const [RULES = '', ...WORKFLOWS] = blocks(PAGE, ['yaml']);
const [PASSED = '', FAILED = ''] = blocks(PAGE, ['']);

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>;
}

describe('docs/rules-in-ci.md', () => {
  test("GitHub's own parser takes the workflows, which may read and need no secret", () => {
    assert.equal(WORKFLOWS.length, 2);
    for (const content of WORKFLOWS) {
      assert.deepEqual(workflowProblems('rules.yml', content), []);
      assert.doesNotMatch(content, /secrets\./);
      assert.deepEqual((yamlDocuments(content)[0] as Workflow).permissions, { contents: 'read' });
    }
  });

  test('each installs what production needs, and ends with the tests', () => {
    for (const content of WORKFLOWS) {
      const commands = Object.values((yamlDocuments(content)[0] as Workflow).jobs).flatMap(({ steps }) =>
        steps.flatMap((step) => step.run ?? []),
      );
      assert.equal(commands.length, 2);
      assert.equal(commands[0], 'npm ci --omit=dev');
      assert.match(commands[1] ?? '', /^(?:npx tidings|node \S+\/bin\/tidings\.js) test$/);
    }
  });

  const runs = [
    { says: 'pass', yaml: RULES, shown: PASSED, exitCode: 0 },
    { says: 'fail without `ignore`', yaml: RULES.replace('    ignore: bots\n', ''), shown: FAILED, exitCode: 1 },
  ];
  for (const { says, yaml, shown, exitCode } of runs) {
    test(`the tests in it ${says}, with nothing set, and print what the page shows`, async () => {
      await using dir = await dataDir();
      writeFileSync(join(dir.path, 'tidings.yaml'), yaml);
      const made = await ran(['test'], { cwd: dir.path, env: {} });
      assert.equal(`$ npx tidings test\n${made.shown}`, shown);
      assert.equal(made.code, exitCode);
    });
  }
});
