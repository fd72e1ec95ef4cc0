import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeTunnel } from '../../src/config/read/tunnel-file.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { dataDir } from '../support/data-dir.ts';
import { beginInProcess, inProcess, serverInProcess } from '../support/in-process.ts';
import { freePort } from '../support/tidings-process.ts';

const SECRET = 'whsec_mC3xPzV7qLrT5nWb9KdYs2Hf';
const SIGNING = '8f742231b10e8888abcd99yyyzzz85a5';
const KEPT = `STRIPE_WEBHOOK_SECRET=${SECRET}\n`;

test('it waits for the receiver, says why a delivery was refused, and ends with the first that is right', async () => {
  await using dir = await dataDir();
  const env = { PORT: String(await freePort()), LOG_LEVEL: 'fatal' };
  writeFileSync(join(dir.path, '.env'), `${KEPT}SLACK_SIGNING_SECRET=${SIGNING}\n`);
  await using greeted = await beginInProcess(['connect', 'slack-source', '--timeout', '60'], dir.path, env);
  await using connecting = await beginInProcess(['connect', 'stripe', '--timeout', '60'], dir.path, env);
  await connecting.printed(
    /No Tidings answers at http:\/\/localhost:\d+\. Where it is to run here, in another terminal: {2}npx tidings start/,
  );
  await using server = await serverInProcess('start', dir.path, env);
  await connecting.printed(/Tidings runs at .*, and takes what comes to stripe\./);
  const body = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
  assert.equal((await fetch(`${server.url}/webhooks/stripe`, body)).status, 401);
  await connecting.printed(/refused {2}There is no Stripe-Signature .*\(unsigned\)/);
  assert.equal((await inProcess(['send', 'stripe', 'charge.failed'], dir.path, env)).code, 0);
  await connecting.printed(/ok {7}charge(?:\.failed)? \(event 1\) arrived, signature OK/);
  assert.equal(await connecting.ended, 0);
  assert.ok(!connecting.output.shown.includes(SECRET));
  assert.equal((await challenge(`${server.url}/webhooks/slack`)).status, 200);
  await greeted.printed(/ok {7}Slack's greeting arrived and was answered, signature OK/);
  assert.equal(await greeted.ended, 0);
});

/** As Slack sends it to an address that somebody typed. */
function challenge(url: string): Promise<Response> {
  const body = JSON.stringify({ type: 'url_verification', challenge: 'abc', token: 't' });
  const seconds = String(Math.floor(systemClock.now() / 1000));
  const signature = `v0=${createHmac('sha256', SIGNING).update(`v0:${seconds}:${body}`).digest('hex')}`;
  const headers = { 'x-slack-request-timestamp': seconds, 'x-slack-signature': signature };
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
}

test('a receiver that was started before is to be started again', async () => {
  await using dir = await dataDir();
  const env = { PORT: String(await freePort()), LOG_LEVEL: 'fatal' };
  await using _ = await serverInProcess('start', dir.path, env);
  await using connecting = await beginInProcess(['connect', 'gitlab', '--timeout', '60'], dir.path, env);
  await connecting.printed(/Tidings runs, and was started before gitlab was set\. Stop it there/);
  await connecting.stop();
  assert.equal(await connecting.ended, 130);
  assert.match(connecting.output.stderr, /Not waiting any longer\. What was set stays\./);
});

test('nothing within the time ends with 4, and says where to look later', async () => {
  await using dir = await dataDir();
  writeFileSync(join(dir.path, '.env'), KEPT);
  const nothing = await inProcess(['connect', 'stripe', '--timeout', '1'], dir.path);
  assert.equal(nothing.code, 4);
  assert.match(nothing.stderr, /Nothing came to stripe within 1 second, not even anything that was refused/);
});

test('without a terminal it neither asks nor waits; what is no secret is not kept', async () => {
  await using dir = await dataDir();
  const none = await inProcess(['connect', 'stripe'], dir.path);
  assert.equal(none.code, 2);
  assert.match(none.stderr, /1\. {2}In Stripe's dashboard[^]*Instead, pipe it in, or set STRIPE_WEBHOOK_SECRET\./);
  const key = await inProcess(['connect', 'stripe'], dir.path, {}, `sk_live_${'a1B2'.repeat(6)}`);
  assert.match(key.stderr, /What was piped in is no signing secret of Stripe's/);
  assert.equal(key.code, 2);
  const kept = await inProcess(['connect', 'stripe'], dir.path, {}, SECRET);
  assert.equal(kept.code, 0);
  assert.match(kept.stderr, /kept {3}STRIPE_WEBHOOK_SECRET in .*\n.*\nNext:\n/);
  assert.equal(readFileSync(join(dir.path, '.env'), 'utf8'), KEPT);
  const again = await inProcess(['connect', 'stripe', '--replace'], dir.path, {}, `${SECRET}2`);
  assert.equal(again.code, 0, again.stderr);
  assert.equal(readFileSync(join(dir.path, '.env'), 'utf8'), `STRIPE_WEBHOOK_SECRET=${SECRET}2\n`);
});

test('a file that names its sources is told what to add, with a variable for each source; it is not touched', async () => {
  await using dir = await dataDir();
  const file = 'sources:\n  github:\n  shop:\n    provider: stripe\n    secrets: "${SHOP_KEY}"\n';
  writeFileSync(join(dir.path, 'tidings.yaml'), file);
  const there = await inProcess(['connect', 'stripe'], dir.path, {}, SECRET);
  assert.match(there.stderr, /\/webhooks\/shop\b[^]*kept {3}SHOP_KEY in/);
  assert.doesNotMatch(there.stderr, /Add it under/);
  const other = await inProcess(['connect', 'stripe', '--source', 'shop-eu'], dir.path, {}, SECRET);
  assert.match(other.stderr, /\n {2}shop-eu:\n {4}provider: stripe\n {4}secrets: "\$\{SHOP_EU_WEBHOOK_SECRET\}"\n/);
  assert.match(other.stderr, /Add it under `sources:` in .*tidings\.yaml/);
  assert.equal(readFileSync(join(dir.path, 'tidings.yaml'), 'utf8'), file);
  const taken = await inProcess(['connect', 'stripe', '--source', 'github'], dir.path, {}, SECRET);
  assert.match(taken.stderr, /The source github has provider: github\. Choose another name\./);
  const odd = await inProcess(['connect', 'stripe', '--source', 'a/b'], dir.path, {}, SECRET);
  assert.deepEqual([taken.code, odd.code], [2, 2]);
});

test('a name of its own needs a file with every source; a secret in the file is left there', async () => {
  await using dir = await dataDir();
  const named = await inProcess(['connect', 'gitlab', '--source', 'code'], dir.path);
  assert.match(
    named.stderr,
    /\nsources:\n {2}github:\n {2}code:\n {4}provider: gitlab\n {4}secrets: "\$\{CODE_WEBHOOK_SECRET\}"\n/,
  );
  writeFileSync(join(dir.path, 'tidings.yaml'), `sources:\n  shop:\n    provider: stripe\n    secrets: ${SECRET}\n`);
  const written = await inProcess(['connect', 'stripe', '--no-wait'], dir.path);
  assert.equal(written.code, 0, written.stderr);
  const replaced = await inProcess(['connect', 'stripe', '--replace'], dir.path, {}, SECRET);
  assert.equal(replaced.code, 2);
  assert.match(replaced.stderr, /The secret of shop stands in tidings\.yaml itself/);
});

test('another secret that is piped in is not passed over for the one that is set', async () => {
  await using dir = await dataDir();
  writeFileSync(join(dir.path, '.env'), KEPT);
  const other = await inProcess(['connect', 'stripe'], dir.path, {}, `${SECRET}2`);
  assert.equal(other.code, 2);
  assert.match(other.stderr, /has another STRIPE_WEBHOOK_SECRET[^]*add --replace/);
  assert.equal(readFileSync(join(dir.path, '.env'), 'utf8'), KEPT);
});

test('behind a tunnel the address is the tunnel’s, is said anew when that changes, and the hint starts it again', async () => {
  await using dir = await dataDir();
  const open = { kind: 'cloudflared', pid: process.pid };
  writeTunnel(dir.path, { ...open, webhookUrl: 'https://one.trycloudflare.com/webhooks/github' });
  await using connecting = await beginInProcess(['connect', 'gitlab', '--timeout', '60'], dir.path);
  await connecting.printed(/Address {2}https:\/\/one\.trycloudflare\.com\/webhooks\/gitlab\n/);
  await connecting.printed(/in another terminal: {2}npx tidings start --tunnel cloudflared/);
  writeTunnel(dir.path, { ...open, webhookUrl: 'https://two.trycloudflare.com/webhooks/github' });
  await connecting.printed(/The address is now, .*: {2}https:\/\/two\.trycloudflare\.com\/webhooks\/gitlab\n/);
  assert.equal(connecting.output.stderr.match(/one\.trycloudflare\.com\/webhooks\/gitlab\n/g)?.length, 1);
});
