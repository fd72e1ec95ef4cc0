import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { NTFY_TOKEN, NTFY_TOPIC, startNtfyDouble } from '../../../tests/doubles/ntfy-double.ts';
import type { PushDouble } from '../../../tests/doubles/push-double.ts';
import { aFailedWorkflow, anActivity, single } from '../../../tests/fixtures/activities.ts';
import { dataDir } from '../../../tests/support/data-dir.ts';
import { inProcess } from '../../../tests/support/in-process.ts';
import { systemClock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import { topicProblem } from './address.ts';
import { judgeAnswer } from './answer.ts';
import { check } from './connect/check.ts';
import { ntfyDestination } from './ntfy-destination.ts';
import type { NtfySettings } from './settings.ts';
import { tokenProblem } from './token.ts';

function make({ url }: Pick<PushDouble, 'url'>, more: Partial<NtfySettings> = {}) {
  const settings = { url: new Secret(url), per_minute: 0, ...more };
  const destination = ntfyDestination({ name: 'phone', settings, clock: systemClock });
  const context = { signal: new AbortController().signal, earlier: null };
  return { settings, send: (activity = anActivity()) => destination.send(single(activity), context) };
}

test('a message is posted as JSON to the root, loud for bad news, and opens its page', async () => {
  await using ntfy = await startNtfyDouble({ isOpen: true });
  const { send } = make(ntfy);
  assert.deepEqual(await send(), { kind: 'sent', answer: '200 sPs71M8A2T' });
  await send(aFailedWorkflow());
  await make(ntfy, { priority: 2 }).send(aFailedWorkflow());
  assert.deepEqual(ntfy.messages[0], {
    topic: NTFY_TOPIC,
    title: '🟢 mona opened issue #12 in acme/api',
    message: 'Uploads fail on Safari',
    priority: 3,
    click: 'https://github.com/acme/api/issues/12',
  });
  assert.deepEqual(
    ntfy.messages.map(({ priority }) => priority),
    [3, 4, 2],
  );
  assert.deepEqual([ntfy.requests[0], ntfy.violations], ['POST / 200', []]);
});

test('a token that is unknown, and a topic that others may write to only, hold the lane', async () => {
  await using ntfy = await startNtfyDouble();
  const forbidden = await make(ntfy).send();
  assert.match(
    forbidden.kind === 'broken' ? forbidden.reason : '',
    /^ntfy does not let us post.*\(403\): set the token/,
  );
  const unknown = await make(ntfy, { token: new Secret('tk_another') }).send();
  assert.match(
    unknown.kind === 'broken' ? unknown.reason : '',
    /^ntfy does not know the token \(401\): make a new one/,
  );
});

const NOON = Date.parse('2026-01-01T12:00:00Z');
const ANSWERS: readonly (readonly [status: number, body: unknown, kind: string, waitMs?: number])[] = [
  [429, { code: 42901, error: 'limit reached: too many requests' }, 'retry', 5_000],
  [429, { code: 42908, error: 'limit reached: too many messages' }, 'retry', 12 * 3_600_000],
  [507, '', 'retry'],
  [502, '<html>bad gateway', 'retry'],
  [403, '<!DOCTYPE html>', 'retry'],
  [200, '<html>Sign in', 'retry'],
  [200, 'ok', 'retry'],
  [302, '', 'broken'],
  [404, { code: 40401, error: 'page not found' }, 'broken'],
  [400, { code: 40010, error: 'topic name is disallowed' }, 'broken'],
  [400, { code: 40007, error: 'invalid priority parameter' }, 'rejected'],
];
for (const [status, body, kind, waitMs] of ANSWERS) {
  test(`${status} ${JSON.stringify(body)} is ${kind}`, () => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const outcome = judgeAnswer({ kind: 'answered', status, headers: new Headers(), text }, NOON);
    assert.equal(outcome.kind, kind);
    assert.equal(outcome.kind === 'retry' ? outcome.retryAfterMs : undefined, waitMs);
  });
}

test('doctor asks whether it is there and knows the token, and posts nothing', async () => {
  await using ntfy = await startNtfyDouble();
  const asking = {
    signal: new AbortController().signal,
    clock: systemClock,
    version: '',
    env: {},
    invocation: 'tidings',
  };
  const ask = async (more: Partial<NtfySettings>, at: Pick<PushDouble, 'url'> = ntfy) =>
    (await check('phone', make(at, more).settings, asking))[0];
  assert.equal((await ask({}))?.detail, 'ntfy answers; nothing was posted');
  assert.match((await ask({ token: new Secret(NTFY_TOKEN) }))?.detail ?? '', /^ntfy knows the token, of mona;/);
  assert.equal((await ask({ token: new Secret('tk_another') }))?.status, 'fail');
  assert.equal((await ask({}, { url: `http://127.0.0.1:1/${NTFY_TOPIC}` }))?.status, 'warn');
  assert.deepEqual(ntfy.messages, []);
});

test('connect proves a topic with a hello and keeps it; what is refused is not kept', async () => {
  await using dir = await dataDir();
  await using ntfy = await startNtfyDouble();
  const refused = await inProcess(['connect', 'ntfy'], dir.path, { NTFY_URL: ntfy.url });
  assert.match(refused.stderr, /Not connected, nothing was written: ntfy does not let us post/);
  assert.equal(existsSync(join(dir.path, '.env')), false);
  const { code, stderr } = await inProcess(['connect', 'ntfy'], dir.path, { NTFY_URL: ntfy.url, NTFY_TOKEN });
  assert.equal(code, 0, stderr);
  assert.equal(readFileSync(join(dir.path, '.env'), 'utf8'), `NTFY_URL=${ntfy.url}\nNTFY_TOKEN=${NTFY_TOKEN}\n`);
  assert.deepEqual([ntfy.messages[0]?.['title'], ntfy.violations], ['👋 Tidings is connected', []]);
  for (const secret of [NTFY_TOPIC, NTFY_TOKEN]) assert.ok(!(refused.stderr + stderr).includes(secret));
});

test('what people paste that is no topic, or no token, is told with what it should be', () => {
  for (const good of ['https://ntfy.sh/alerts', 'http://10.0.0.2:8080/a_B-1/'])
    assert.equal(topicProblem(good), undefined);
  for (const [bad, says] of [
    ['ntfy.sh/alerts', /not the address/],
    ['https://ntfy.sh/', /names no topic/],
    ['https://ntfy.sh/alerts?up=1', /leave off/],
    ['https://ntfy.sh/alerts/json', /1 to 64 letters/],
    ['https://mona:pw@ntfy.sh/alerts', /not the address/],
  ] as const) {
    assert.match(topicProblem(bad) ?? '', says);
  }
  assert.equal(tokenProblem(NTFY_TOKEN), undefined);
  assert.match(tokenProblem('hunter2') ?? '', /begins with tk_/);
});
