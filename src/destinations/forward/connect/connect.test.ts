import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startApplicationDouble } from '../../../../tests/doubles/application-double.ts';
import { dataDir } from '../../../../tests/support/data-dir.ts';
import { inProcess } from '../../../../tests/support/in-process.ts';
import { systemClock } from '../../../shared/clock.ts';
import { Secret } from '../../../shared/secret.ts';
import { standardKeysOf, verifyStandard } from '../../../shared/standard-webhooks.ts';
import { DEFAULTS } from '../settings.ts';
import { check } from './check.ts';

const PATH = '/hooks/aVerySecretPath-123';
const KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

test('an application is greeted by a signed hello, and its address kept', async () => {
  await using dir = await dataDir();
  await using application = await startApplicationDouble({ path: PATH });
  const env = { FORWARD_URL: application.url, FORWARD_SECRET: KEY };
  const dry = await inProcess(['connect', 'forward', '--dry-run'], dir.path, env);
  assert.match(dry.stderr, /Posts one hello to http:\/\/127\.0\.0\.1:\d+, .*\nDry run/);
  assert.deepEqual([application.taken.length, existsSync(join(dir.path, '.env'))], [0, false]);
  const { code, stderr } = await inProcess(['connect', 'forward'], dir.path, env);
  assert.equal(code, 0, stderr);
  const [taken] = application.taken;
  assert(taken);
  assert.equal(verifyStandard(standardKeysOf([new Secret(KEY)]), { ...taken, now: Date.now() }, 'webhook'), 1);
  assert.match(taken.body.toString(), /^\{"type":"tidings\.hello"/);
  assert.equal(readFileSync(join(dir.path, '.env'), 'utf8'), `FORWARD_URL=${application.url}\n`);
  assert.ok(!(stderr + dry.stderr).includes('aVerySecretPath'));
});

test('who wants a provider’s signature is there; a path where nothing is, or nobody, is not kept', async () => {
  await using dir = await dataDir();
  await using application = await startApplicationDouble({ path: PATH });
  const env = { FORWARD_URL: application.url };
  application.plan({ status: 404, text: `Cannot POST ${PATH}` }, { status: 401 });
  const wrong = await inProcess(['connect', 'forward'], dir.path, env);
  assert.match(
    wrong.stderr,
    /Not connected, nothing was written: .* answered 404 "Cannot POST \[secret\]"; check the path in url/,
  );
  assert.equal(existsSync(join(dir.path, '.env')), false);
  const strict = await inProcess(['connect', 'forward'], dir.path, env);
  assert.match(strict.stderr, /answered 401: somebody is there/);
  assert.ok(!(wrong.stderr + strict.stderr).includes('aVerySecretPath'));
  const nobody = await inProcess(['connect', 'forward', '--replace'], dir.path, {
    FORWARD_URL: 'http://127.0.0.1:1/x',
  });
  assert.match(nobody.stderr, /Not connected, nothing was written: http:\/\/127\.0\.0\.1:1 cannot be reached/);
});

test('doctor asks whether somebody is there, and posts nothing', async () => {
  await using application = await startApplicationDouble({ path: PATH });
  const signal = new AbortController().signal;
  const asking = { signal, clock: systemClock, version: '0.0.0', env: {}, invocation: 'tidings' };
  const asked = async (url: string) => (await check('app', { ...DEFAULTS, url: new Secret(url) }, asking))[0];
  application.plan({ status: 405 }, { status: 410 });
  assert.match((await asked(application.url))?.detail ?? '', /^http:\/\/127\.0\.0\.1:\d+ answers; nothing was posted$/);
  assert.equal((await asked(application.url))?.status, 'fail');
  assert.equal((await asked('http://127.0.0.1:1/x'))?.status, 'warn');
  assert.equal(application.taken.length, 0);
});
