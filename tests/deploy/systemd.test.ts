import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { dataDir } from '../support/data-dir.ts';
import { AGREED, deployFile } from './deploy-file.ts';

const text = deployFile('deploy/tidings.service');
const HAS_SYSTEMD = spawnSync('systemd-analyze', ['--version']).status === 0;
const skip = HAS_SYSTEMD ? false : 'needs systemd-analyze';

/** 10 is a service without any protection; systemd calls up to 2.0 "OK". */
const EXPOSURE_LIMIT = 1.5;

/** systemd wants the program to be there; the Node that runs this is. */
async function analyze(unit: string, ...words: readonly string[]) {
  await using folder = await dataDir();
  const path = join(folder.path, 'tidings.service');
  writeFileSync(path, unit.replace('/usr/bin/node', process.execPath));
  const { status, stdout, stderr } = spawnSync('systemd-analyze', [...words, path], { encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
}

test('the unit is what systemd takes', { skip }, async () => {
  assert.deepEqual(await analyze(text, 'verify'), { status: 0, said: '' });
  const broken = await analyze(text.replace('StateDirectory=', 'StateDirectry='), 'verify');
  assert.match(broken.said, /StateDirectry/);
});

test('it exposes little', { skip }, async () => {
  const { said } = await analyze(text, 'security', '--offline=true');
  const score = Number(/Overall exposure level for tidings\.service: ([\d.]+)/.exec(said)?.[1]);
  assert.ok(score <= EXPOSURE_LIMIT, said);
});

function setting(name: string): string | undefined {
  return new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1];
}

test('it does not run as root, keeps its events and stops as the other deploy files do', () => {
  assert.equal(setting('User'), 'tidings');
  const state = `/var/lib/${setting('StateDirectory')}`;
  const environment = setting('Environment')?.split(' ') ?? [];
  assert.ok(environment.includes(`DATA_DIR=${state}`), 'DATA_DIR is the state directory');
  assert.ok(environment.includes(`PORT=${AGREED.port}`));
  assert.ok(Number(setting('TimeoutStopSec')) > AGREED.stopS);
  assert.equal(setting('MemoryDenyWriteExecute'), undefined, 'V8 writes code and runs it');
});
