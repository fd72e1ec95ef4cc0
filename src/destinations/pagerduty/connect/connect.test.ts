import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ORCHESTRATION_KEY, ROUTING_KEY, startPagerdutyDouble } from '../../../../tests/doubles/pagerduty-double.ts';
import { dataDir } from '../../../../tests/support/data-dir.ts';
import { inProcess } from '../../../../tests/support/in-process.ts';
import { systemClock } from '../../../shared/clock.ts';
import { Secret } from '../../../shared/secret.ts';
import { DEFAULTS } from '../settings.ts';
import { check } from './check.ts';

test('a key is proved and greeted without calling anybody, and kept', async () => {
  await using dir = await dataDir();
  await using pagerduty = await startPagerdutyDouble();
  const typed = ['connect', 'pagerduty', '--url', `${pagerduty.origin}/`];
  const dry = await inProcess([...typed, '--dry-run'], dir.path, {}, ROUTING_KEY);
  assert.match(
    dry.stderr,
    /Sends one change event as a hello, which calls nobody.*\nDry run: nothing was sent or written/,
  );
  assert.deepEqual([pagerduty.messages.length, existsSync(join(dir.path, '.env'))], [0, false]);
  const { code, stderr } = await inProcess(typed, dir.path, {}, ROUTING_KEY);
  assert.equal(code, 0, stderr);
  const payloads = pagerduty.messages.map(({ payload }) => (payload as { readonly summary: string }).summary);
  assert.deepEqual([payloads, pagerduty.calls], [['👋 Tidings is connected'], 0]);
  assert.equal(readFileSync(join(dir.path, '.env'), 'utf8'), `PAGERDUTY_ROUTING_KEY=${ROUTING_KEY}\n`);
  assert.match(stderr, /pager: \{ type: pagerduty, routing_key: "\$\{PAGERDUTY_ROUTING_KEY\}", url: "http:/);
  assert.ok(!(stderr + dry.stderr).includes(ROUTING_KEY));
  assert.deepEqual(pagerduty.violations, []);
});

test('a key that nobody knows is not kept; that of an orchestration is, without a hello', async () => {
  await using dir = await dataDir();
  await using pagerduty = await startPagerdutyDouble();
  const typed = ['connect', 'pagerduty', '--url', pagerduty.origin];
  const unknown = await inProcess(typed, dir.path, {}, 'x'.repeat(32));
  assert.match(unknown.stderr, /Not connected, nothing was written: PagerDuty does not take the routing key/);
  assert.match((await inProcess(['connect', 'pagerduty', '--region', 'de'], dir.path)).stderr, /--region is us or eu/);
  const clear = ['connect', 'pagerduty', '--url', 'http://events.pagerduty.com'];
  assert.match((await inProcess(clear, dir.path)).stderr, /--url begins with http:\/\//);
  assert.equal(existsSync(join(dir.path, '.env')), false);
  const { code, stderr } = await inProcess(typed, dir.path, {}, ORCHESTRATION_KEY);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /Sends nothing; keeps PAGERDUTY_ROUTING_KEY/);
  assert.deepEqual(pagerduty.messages, []);
});

test('doctor asks whether the key is one, and calls nobody', async () => {
  await using pagerduty = await startPagerdutyDouble();
  const asking = {
    signal: new AbortController().signal,
    clock: systemClock,
    version: '',
    env: {},
    invocation: 'tidings',
  };
  const ask = async (key: string, url: string) => {
    const [found] = await check('pager', { ...DEFAULTS, routing_key: new Secret(key), url }, asking);
    return [found?.status, found?.detail].join(': ');
  };
  assert.equal(await ask(ROUTING_KEY, pagerduty.origin), 'ok: PagerDuty takes events by its key; no alert was opened');
  assert.match(await ask('x'.repeat(32), pagerduty.origin), /^fail: PagerDuty does not take the routing key/);
  assert.match(await ask(ROUTING_KEY, `${pagerduty.origin}/elsewhere`), /^fail: no events are taken there/);
  assert.match(await ask(ROUTING_KEY, 'http://127.0.0.1:1'), /^warn: PagerDuty cannot be reached/);
  assert.deepEqual([pagerduty.messages, pagerduty.calls], [[], 0]);
});
