import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OPENING } from '../../../tests/conformance/destination.ts';
import { NATS_PASSWORD, type NatsDouble, startNatsDouble } from '../../../tests/doubles/nats-double.ts';
import { startSilent } from '../../../tests/doubles/silent-double.ts';
import { aNotification, anActivity } from '../../../tests/fixtures/activities.ts';
import { dataDir } from '../../../tests/support/data-dir.ts';
import { inProcess } from '../../../tests/support/in-process.ts';
import type { Notification } from '../../model/notification.ts';
import { Secret } from '../../shared/secret.ts';
import { channel } from './channel.ts';
import { loadClient } from './client.ts';
import { natsDestination } from './library.ts';
import type { NatsSettings } from './settings.ts';
import { addressProblem, placeOf, subjectProblem } from './shapes.ts';
import { subjectOf, takesAll } from './subject.ts';

async function open(server: Pick<NatsDouble, 'url'>, more: Partial<NatsSettings> = {}) {
  const settings = { url: new Secret(server.url), subject: 'tidings.>', concurrency: 1, timeout_ms: 10_000, ...more };
  const destination = await channel.open({ ...OPENING, settings });
  const send = async (id = 1, changes: Partial<Notification> = {}): Promise<string> => {
    const notification = { ...aNotification(anActivity(), id), receivedAt: OPENING.clock.now(), ...changes };
    const context = { signal: new AbortController().signal, earlier: null };
    const outcome = await destination.send({ kind: 'single', notification }, context);
    return [outcome.kind, 'reason' in outcome ? outcome.reason : outcome.answer].join(' ');
  };
  return { send, [Symbol.asyncDispose]: () => destination[Symbol.asyncDispose]() };
}

test('a message that may be there is sent again under its id, and stands there once; a replay has another', async () => {
  await using server = await startNatsDouble();
  await using to = await open(server);
  server.plan('lost');
  assert.match(await to.send(1), /^unknown NATS at 127\.0\.0\.1:\d+ may have it: connection closed$/);
  assert.equal(await to.send(1), 'sent ACTIVITY 1, was there already');
  assert.equal(await to.send(2, { isReplay: true }), 'sent ACTIVITY 2');
  assert.deepEqual(server.subjects, ['tidings.github.issues.opened', 'tidings.github.issues.opened']);
  assert.match(server.headers[0] ?? '', /Tidings-Kind: issues\.opened\r\n.*: github\r\n.*: acme\/api\r\n/);
  assert.deepEqual(server.violations, []);
});

test('no stream holds what waits; a stream without a leader does not', async () => {
  await using server = await startNatsDouble();
  await using to = await open(server);
  server.plan('leaderless');
  assert.match(await to.send(), /^retry no stream takes tidings\.github\.issues\.opened .*for now/);
  server.plan('no stream');
  assert.match(
    await to.send(),
    /^broken no stream takes subject tidings\.github\.issues\.opened at .*: nats stream add TIDINGS --subjects 'tidings\.>'/,
  );
});

test('whoever else answers on the subject is no stream', async () => {
  await using server = await startNatsDouble();
  await using to = await open(server);
  server.plan('stranger');
  assert.match(await to.send(), /^unknown .*something else than a stream/);
  assert.deepEqual(server.stored, []);
});

test('where it is no longer needed, as at a reload, its connection is closed', async () => {
  await using server = await startNatsDouble();
  const to = await open(server);
  assert.match(await to.send(), /^sent/);
  const left = server.left();
  await to[Symbol.asyncDispose]();
  await left;
  assert.match(await to.send(2), /^retry /);
});

test('a server that takes it and says nothing is asked anew over another connection', async () => {
  await using server = await startNatsDouble();
  await using to = await open(server, { timeout_ms: 100 });
  server.plan('stuck');
  assert.match(await to.send(), /^unknown .*no answer within 0\.1 s/);
  assert.match(await to.send(), /^sent .*was there already/);
});

test('a server that takes the connection and says nothing has nothing, and holds up nobody', async () => {
  await using silent = await startSilent();
  await using to = await open({ url: `nats://${silent.host}` }, { timeout_ms: 100 });
  assert.match(await to.send(), /^retry NATS at .* cannot be reached: no answer within 0\.1 s/);
  assert.equal((await to.send()).split(' ')[0], 'retry');
});

test('a wrong password and a file without credentials are for somebody to mend', async () => {
  await using server = await startNatsDouble();
  await using dir = await dataDir();
  await using wrong = await open({ url: server.url.replace(NATS_PASSWORD, 'wrong') });
  assert.match(await wrong.send(), /^broken .*Authorization Violation; set the user, password or token in url right/);
  await using without = await open(server, { creds: `${dir.path}/none.creds` });
  assert.match(await without.send(), /^broken the file in creds cannot be used: ENOENT/);
  await using unclosed = await open({ url: server.url.replace('nats:', 'tls:') });
  assert.match(await unclosed.send(), /^broken .*speaks no TLS/);
});

test('a subject holds nothing that a subscription takes for a pattern', () => {
  const of = (kind: string, subject = 'tidings.>') => subjectOf(subject, 'github', kind);
  assert.equal(of('issues.opened'), 'tidings.github.issues.opened');
  assert.equal(of('a *.>..b/c d\r\nPUB x 0'), 'tidings.github.a__._.b_c_d__PUB_x_0');
  assert.equal(of('...'), 'tidings.github');
  assert.equal(of('issues.opened', 'acme.activity'), 'acme.activity');
  assert.ok(of('a.'.repeat(1_000)).length < 300);
});

test('a stream takes all of a subject, or not', () => {
  const taking = ['tidings.>', '>', 'tidings.*.>'].map((each) => takesAll(each, 'tidings.>'));
  assert.deepEqual(taking, [true, true, false]);
  assert.deepEqual(
    ['a.b', 'a.*', 'a.b.c', 'a', '*', 'a.>'].map((each) => takesAll(each, 'a.b')),
    [true, true, false, false, false, true],
  );
});

test('what is no address and no subject is told, and an address shows no login', () => {
  for (const good of ['nats://h', 'tls://u:p@h:4222', 'nats://t@h', 'nats://u:p@a,nats://b:1'])
    assert.equal(addressProblem(good), undefined);
  for (const bad of ['h:4222', 'http://h', 'nats://', 'nats://a,tls://b', 'nats://h/x', 'nats://a b'])
    assert.match(addressProblem(bad) ?? '', /^must be/, bad);
  assert.equal(placeOf('nats://u:p@a,nats://b:1'), 'NATS at a:4222, b:1');
  for (const good of ['tidings.>', 'a', 'a.b-c', '>']) assert.equal(subjectProblem(good), undefined);
  for (const bad of ['a.*', 'a..b', 'a.>.b', 'a b', 'a>', '$JS.API', '_INBOX.a', 'ä', '.a', 'a.'])
    assert.match(subjectProblem(bad) ?? '', /^must/, bad);
});

test("for a program of one's own it needs an address alone", async () => {
  await using server = await startNatsDouble();
  await using own = natsDestination({ name: 'events', url: server.url });
  const notification = { ...aNotification(anActivity()), receivedAt: OPENING.clock.now() };
  const context = { signal: new AbortController().signal, earlier: null };
  assert.equal((await own.send({ kind: 'single', notification }, context)).kind, 'sent');
  assert.throws(() => natsDestination({ name: 'events', url: 'nats' }), /^Error: natsDestination: url must be nats:/);
  assert.throws(() => natsDestination({ name: 'events', url: server.url, subject: '*' }), /: subject must be without/);
});

test('without the client it is said what to type', async () => {
  await using dir = await dataDir();
  assert.throws(
    () => loadClient([dir.path]),
    /The client for NATS is not installed\. Type: npm install @nats-io\/transport-node @nats-io\/jetstream/,
  );
});

test('connect finds the stream, warns of its short memory, stores a hello, and shows no password', async () => {
  await using dir = await dataDir();
  await using server = await startNatsDouble();
  const made = await inProcess(['connect', 'nats'], dir.path, { NATS_URL: server.url });
  assert.equal(made.code, 0, made.stderr);
  assert.match(made.stderr, /found {2}stream ACTIVITY at NATS at 127\.0\.0\.1:\d+\n/);
  assert.match(made.stderr, /Warning: .*for 2 min, and Tidings tries each for a day.*--dupe-window 24h/);
  assert.match(made.stderr, /\{ type: nats, url: "\$\{NATS_URL\}", subject: "tidings\.>" \}/);
  assert.ok(!(made.stdout + made.stderr).includes(NATS_PASSWORD));
  assert.deepEqual(server.subjects, ['tidings.tidings.hello']);
  assert.equal(JSON.parse(server.stored[0] ?? '').type, 'hello');
});
