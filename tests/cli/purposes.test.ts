import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Purpose } from '../../src/config/purpose.ts';
import { dataDir } from '../support/data-dir.ts';
import { runWith } from './test-cli.ts';

/** docs/configuration.md has them as a table. */
const PURPOSES: readonly (readonly [argv: readonly string[], purpose: Purpose])[] = [
  [['start'], 'both'],
  [['doctor'], 'both'],
  [['receive'], 'receive'],
  [['listen', '--port', '0'], 'receive'],
  [['send', 'ping', '--dry-run'], 'receive'],
  [['connect', 'github', 'acme/api', '--check'], 'receive'],
  [['work'], 'work'],
  [['poll', 'acme/api', '--once'], 'work'],
  [['test'], 'test'],
  [['test', '--config', 'tidings.yaml'], 'test'],
  [['config'], 'read'],
  [['backtest', '--config', 'tidings.yaml'], 'read'],
  [['events'], 'read'],
  [['events', 'show', '42'], 'read'],
  [['explain', '42'], 'read'],
  [['explain', '42', '--activity'], 'read'],
  [['replay', '42'], 'read'],
  [['recover', 'acme/api'], 'read'],
];

/** Nothing it names is set, and one of its tests is wrong. */
const FILE = `sources: { github: { provider: github, secrets: ["\${HOOK_SECRET}"] } }
destinations: { team: { type: http, url: "\${TEAM_URL}" } }
rules: [{ on: issues, to: team }]
tests: [{ name: wrong, event: issues.opnd, expect: [team] }]
`;

/** What each complains about. */
const MISSED: Readonly<Record<Purpose, readonly string[]>> = {
  both: ['HOOK_SECRET', 'TEAM_URL'],
  receive: ['HOOK_SECRET'],
  work: ['TEAM_URL'],
  test: ['issues.opnd'],
  read: [],
};

for (const [argv, purpose] of PURPOSES) {
  test(`\`${argv.join(' ')}\` loads the configuration to ${purpose}`, async () => {
    await using dir = await dataDir();
    writeFileSync(join(dir.path, 'tidings.yaml'), FILE);
    const { stdout, stderr } = await runWith({ env: { DATA_DIR: dir.path }, cwd: dir.path }, argv);
    const said = argv[0] === 'config' ? stderr : stdout + stderr;
    const missed = ['HOOK_SECRET', 'TEAM_URL', 'issues.opnd'].filter((each) => said.includes(each));
    assert.deepEqual(missed, MISSED[purpose], said);
  });
}
