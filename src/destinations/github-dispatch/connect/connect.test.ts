import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  DISPATCH_TOKEN,
  REPO,
  startDispatchDouble,
  WORKFLOW,
} from '../../../../tests/doubles/github-dispatch-double.ts';
import { dataDir } from '../../../../tests/support/data-dir.ts';
import { inProcess } from '../../../../tests/support/in-process.ts';
import { systemClock } from '../../../shared/clock.ts';
import { Secret } from '../../../shared/secret.ts';
import { check } from './check.ts';

test('a repository is looked at, the token proved by an event nobody waits for, and kept', async () => {
  await using dir = await dataDir();
  await using github = await startDispatchDouble();
  const env = { GITHUB_DISPATCH_API_URL: github.origin };
  const typed = ['connect', 'github-dispatch', '--repo', REPO];
  const dry = await inProcess([...typed, '--dry-run'], dir.path, env, DISPATCH_TOKEN);
  assert.match(dry.stderr, /Sends one event "tidings-hello" to acme\/api.*\nDry run: nothing was sent or written/);
  assert.deepEqual([github.messages.length, existsSync(join(dir.path, '.env'))], [0, false]);
  const { code, stderr } = await inProcess(typed, dir.path, env, DISPATCH_TOKEN);
  assert.equal(code, 0, stderr);
  assert.deepEqual(
    github.messages.map(({ event_type: type }) => type),
    ['tidings-hello'],
  );
  assert.equal(readFileSync(join(dir.path, '.env'), 'utf8'), `GITHUB_DISPATCH_TOKEN=${DISPATCH_TOKEN}\n`);
  assert.match(stderr, /workflow: \{ type: github-dispatch, repo: acme\/api, token: "\$\{GITHUB_DISPATCH_TOKEN\}" \}/);
  assert.ok(!(stderr + dry.stderr).includes(DISPATCH_TOKEN));
  assert.deepEqual(github.violations, []);
});

test('one workflow is looked at and never started; what is refused is not kept', async () => {
  await using dir = await dataDir();
  await using github = await startDispatchDouble({ branch: 'master' });
  const env = { GITHUB_DISPATCH_API_URL: github.origin };
  const typed = (...more: string[]) =>
    inProcess(['connect', 'github-dispatch', ...more], dir.path, env, DISPATCH_TOKEN);
  const gone = await typed('--repo', REPO, '--workflow', 'gone.yml');
  assert.match(
    gone.stderr,
    /Not connected, nothing was written: there is no workflow gone\.yml.*"Actions: read and write"/,
  );
  const odd = await typed('--repo', 'https://github.com/acme/api');
  assert.match(odd.stderr, /--repo must be the name of a repository/);
  const open = { GITHUB_DISPATCH_API_URL: 'http://api.github.com' };
  const clear = await inProcess(['connect', 'github-dispatch', '--repo', REPO], dir.path, open, DISPATCH_TOKEN);
  assert.match(
    clear.stderr,
    /GITHUB_DISPATCH_API_URL begins with http:\/\/, so that whoever is on the way can read it/,
  );
  assert.equal(existsSync(join(dir.path, '.env')), false);
  const { code, stderr } = await typed('--repo', REPO, '--workflow', WORKFLOW);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /deploy\.yml of acme\/api is there and active/);
  assert.match(stderr, /repo: acme\/api, workflow: deploy\.yml, ref: "master", token/);
  assert.deepEqual(github.messages, []);
});

test('doctor asks for repository and workflow, says what the token needs, and starts nothing', async () => {
  await using github = await startDispatchDouble({ state: 'disabled_manually' });
  const asking = {
    signal: new AbortController().signal,
    clock: systemClock,
    version: '',
    env: {},
    invocation: 'tidings',
  };
  const ask = async (more: { readonly repo?: string; readonly workflow?: string; readonly api_url?: string }) => {
    const settings = { repo: REPO, token: new Secret(DISPATCH_TOKEN), allow_loop: false, api_url: github.origin };
    const [found] = await check('deploy', { ...settings, ...more }, asking);
    return [found?.status, found?.detail] as const;
  };
  const [status, detail] = await ask({});
  assert.equal(status, 'ok');
  assert.match(
    detail ?? '',
    /acme\/api is there; workflows run on main; nothing was started.*"Contents: read and write"/,
  );
  assert.match(
    (await ask({ workflow: WORKFLOW })).join(),
    /^fail,deploy\.yml of acme\/api is disabled_manually: enable it/,
  );
  assert.match((await ask({ repo: 'acme/gone' })).join(), /^fail,there is no acme\/gone/);
  assert.equal((await ask({ api_url: 'http://127.0.0.1:1' }))[0], 'warn');
  assert.deepEqual(github.messages, []);
});
