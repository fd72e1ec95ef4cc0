import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { deployFile, ROOT, yamlDocuments } from './deploy-file.ts';
import { workflowProblems } from './workflow-problems.ts';

const FOLDER = '.github/workflows';
const run = promisify(execFile);

interface Job {
  readonly needs?: string | readonly string[];
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, unknown>>;
  }[];
}
interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflow = (name: string) => yamlDocuments(deployFile(`${FOLDER}/${name}`))[0] as Workflow;

test("GitHub's own parser takes every workflow", () => {
  const names = readdirSync(`${ROOT}${FOLDER}`);
  assert.deepEqual(names.toSorted(), ['ci.yml', 'release.yml']);
  for (const name of names) {
    const content = deployFile(`${FOLDER}/${name}`);
    assert.deepEqual(workflowProblems(name, content), [], name);
  }
});

test('jobs end by themselves and may do no more than they need', () => {
  for (const name of ['ci.yml', 'release.yml']) {
    const { permissions, jobs } = workflow(name);
    assert.deepEqual(permissions, { contents: 'read' });
    for (const [job, { 'timeout-minutes': minutes }] of Object.entries(jobs)) assert.ok(minutes, `${name} ${job}`);
  }
  const granted = Object.entries(workflow('release.yml').jobs).map(([job, { permissions = {} }]) => [
    job,
    Object.keys(permissions).filter((scope) => permissions[scope] === 'write'),
  ]);
  assert.deepEqual(granted, [
    ['check', []],
    ['npm', ['id-token']],
    ['image', ['packages']],
    ['notes', ['contents']],
  ]);
});

test('CI runs the script that a developer runs, and nothing is published before it passed', () => {
  assert.ok(workflow('ci.yml').jobs['check']?.steps.some((step) => step.run === 'bash .ci/run'));
  const { check, npm, image, notes } = workflow('release.yml').jobs;
  assert.ok(check?.steps.some((step) => step.run === 'bash .ci/run'));
  assert.deepEqual([npm?.needs, image?.needs, notes?.needs], ['check', 'check', ['npm', 'image']]);
  assert.ok(npm?.steps.some((step) => step.run === 'npm publish --provenance --access public'));
  const build = image?.steps.find((step) => step.uses?.startsWith('docker/build-push-action@'))?.with;
  assert.deepEqual(
    [build?.['platforms'], build?.['sbom'], build?.['provenance']],
    ['linux/amd64,linux/arm64', true, 'mode=max'],
  );
});

test("a release's text is the changelog's section; a version that it does not know is refused", async () => {
  const refused = run(process.execPath, [`${ROOT}scripts/release-notes.ts`, '99.0.0']);
  await assert.rejects(refused, { code: 1, stderr: /says nothing about 99\.0\.0/ });
  const { stdout } = await run(process.execPath, [`${ROOT}scripts/release-notes.ts`, 'Unreleased']);
  assert.match(stdout, /^The first version|^### Added/);
});
