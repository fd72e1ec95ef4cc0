import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { GOTIFY_TOKEN, startGotifyDouble } from '../../../tests/doubles/gotify-double.ts';
import { aFailedWorkflow, anActivity, single } from '../../../tests/fixtures/activities.ts';
import { dataDir } from '../../../tests/support/data-dir.ts';
import { inProcess } from '../../../tests/support/in-process.ts';
import { systemClock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import { judgeAnswer } from './answer.ts';
import { appTokenProblem } from './app-token.ts';
import { check } from './connect/check.ts';
import { gotifyDestination } from './gotify-destination.ts';
import type { GotifySettings } from './settings.ts';

function make(url: string, more: Partial<GotifySettings> = {}) {
  const settings = { url, token: new Secret(GOTIFY_TOKEN), ...more };
  const destination = gotifyDestination({ name: 'phone', settings, clock: systemClock });
  const context = { signal: new AbortController().signal, earlier: null };
  return { settings, send: (activity = anActivity()) => destination.send(single(activity), context) };
}

test('a message is plain text, loud for bad news, and opens its page', async () => {
  await using gotify = await startGotifyDouble();
  const { send } = make(gotify.origin);
  assert.deepEqual(await send(), { kind: 'sent', answer: '200 message 25' });
  await send(aFailedWorkflow());
  await make(gotify.origin, { priority: 0 }).send(aFailedWorkflow());
  assert.deepEqual(gotify.messages[0], {
    title: '🟢 mona opened issue #12 in acme/api',
    message: 'Uploads fail on Safari',
    priority: 5,
    extras: { 'client::notification': { click: { url: 'https://github.com/acme/api/issues/12' } } },
  });
  assert.deepEqual(
    gotify.messages.map(({ priority }) => priority),
    [5, 8, 0],
  );
  assert.deepEqual(gotify.violations, []);
});

test('a token that is unknown holds the lane', async () => {
  await using gotify = await startGotifyDouble();
  const outcome = await make(gotify.origin, { token: new Secret('Aother') }).send();
  assert.match(
    outcome.kind === 'broken' ? outcome.reason : '',
    /^Gotify does not know the token \(401\).*update token$/,
  );
});

const ANSWERS: readonly (readonly [status: number, body: string, kind: string])[] = [
  [429, '', 'retry'],
  [503, '', 'retry'],
  [200, '<html>Sign in', 'retry'],
  [200, '{"ok":true}', 'retry'],
  [401, '<!DOCTYPE html>', 'retry'],
  [301, '', 'broken'],
  [403, '{"error":"Forbidden"}', 'broken'],
  [404, '{"error":"Not Found"}', 'broken'],
  [400, '{"errorDescription":"unexpected EOF"}', 'rejected'],
];
for (const [status, text, kind] of ANSWERS) {
  test(`${status} ${text} is ${kind}`, () => {
    assert.equal(judgeAnswer({ kind: 'answered', status, headers: new Headers(), text }, 0).kind, kind);
  });
}

test('doctor asks whether it is there, and posts nothing', async () => {
  await using gotify = await startGotifyDouble();
  const asking = {
    signal: new AbortController().signal,
    clock: systemClock,
    version: '',
    env: {},
    invocation: 'tidings',
  };
  const ask = async (url: string) => (await check('phone', make(url).settings, asking))[0];
  assert.match((await ask(gotify.origin))?.detail ?? '', /^Gotify 2\.6\.1 answers; nothing was posted/);
  assert.equal((await ask(`${gotify.origin}/elsewhere`))?.status, 'fail');
  assert.equal((await ask('http://127.0.0.1:1'))?.status, 'warn');
  assert.deepEqual(gotify.messages, []);
});

test('connect proves server and token with a hello and keeps them; what is refused is not kept', async () => {
  await using dir = await dataDir();
  await using gotify = await startGotifyDouble();
  const typed = ['connect', 'gotify', '--url', `${gotify.origin}/`];
  const refused = await inProcess(typed, dir.path, { GOTIFY_TOKEN: 'Aother' });
  assert.match(refused.stderr, /Not connected, nothing was written: Gotify does not know the token/);
  assert.equal(existsSync(join(dir.path, '.env')), false);
  const { code, stderr } = await inProcess(typed, dir.path, { GOTIFY_TOKEN });
  assert.equal(code, 0, stderr);
  assert.equal(
    readFileSync(join(dir.path, '.env'), 'utf8'),
    `GOTIFY_URL=${gotify.origin}\nGOTIFY_TOKEN=${GOTIFY_TOKEN}\n`,
  );
  assert.deepEqual([gotify.messages[0]?.['title'], gotify.violations], ['👋 Tidings is connected', []]);
  assert.ok(!stderr.includes(GOTIFY_TOKEN));
});

test('what people paste that is no token of an application is told with what it should be', () => {
  assert.equal(appTokenProblem(GOTIFY_TOKEN), undefined);
  assert.match(appTokenProblem('CQc8wlrbFEb0DOR') ?? '', /token of a client, which cannot post.*begins with A/);
  assert.match(appTokenProblem('hunter 2') ?? '', /no token of an application/);
});
