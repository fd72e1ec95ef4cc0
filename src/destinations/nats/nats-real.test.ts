import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type JetStreamManager, jetstreamManager, type StreamConfig } from '@nats-io/jetstream';
import { connect, nkeys } from '@nats-io/transport-node';
import { OPENING } from '../../../tests/conformance/destination.ts';
import { aNotification, anActivity } from '../../../tests/fixtures/activities.ts';
import { dataDir } from '../../../tests/support/data-dir.ts';
import { FULL, tried } from '../../../tests/support/long-form.ts';
import { lacksServer, startServer } from '../../../tests/support/real-server.ts';
import type { Outcome } from '../../model/destination.ts';
import { Secret } from '../../shared/secret.ts';
import { channel } from './channel.ts';
import { check } from './connect/check.ts';

const skip = lacksServer('nats-server');

const settingsFor = (url: string, subject = 'tidings.>') => ({
  url: new Secret(url),
  subject,
  concurrency: 8,
  timeout_ms: 10_000,
});

async function open(url: string, subject?: string) {
  const destination = await channel.open({ ...OPENING, settings: settingsFor(url, subject) });
  const send = (id = 1): Promise<Outcome> => {
    const notification = { ...aNotification(anActivity(), id), receivedAt: OPENING.clock.now() };
    const context = { signal: new AbortController().signal, earlier: null };
    return destination.send({ kind: 'single', notification }, context);
  };
  return { send, [Symbol.asyncDispose]: () => destination[Symbol.asyncDispose]() };
}

async function said(url: string, subject?: string): Promise<string> {
  await using to = await open(url, subject);
  const outcome = await to.send();
  return [outcome.kind, 'reason' in outcome ? outcome.reason : outcome.answer].join(' ');
}

async function withStreams(url: string, work: (streams: JetStreamManager['streams']) => Promise<void>): Promise<void> {
  const { host, username: user, password: pass } = new URL(url);
  const connection = await connect({ servers: host, user, pass });
  await work((await jetstreamManager(connection)).streams);
  await connection.close();
}

const TIDINGS: Partial<StreamConfig> & { name: string } = { name: 'TIDINGS', subjects: ['tidings.>'] };

test('a real NATS: what it says no with, and what doctor says of its stream', { skip }, async () => {
  await using dir = await dataDir();
  const file = join(dir.path, 'users');
  await writeFile(
    file,
    'authorization { users: [ { user: a, password: b }, { user: c, password: d, permissions: { publish: ["tidings.>"], subscribe: ["_INBOX.>"] } } ] }\n',
  );
  await using server = await startServer('nats-server', ['-c', file]);
  const url = `nats://a:b@127.0.0.1:${server.port}`;
  const asking = { ...OPENING, signal: new AbortController().signal, version: '1', env: {}, invocation: 'tidings' };
  const doctor = async (at = url) =>
    (await check('team', settingsFor(at), asking)).map(({ status, detail }) => `${status} ${detail}`);
  const added = (more: Partial<StreamConfig>) =>
    withStreams(url, async (streams) => void (await streams.add({ ...TIDINGS, ...more })));

  assert.match(await said(url), /^broken no stream takes subject tidings\.github\.issues\.opened/);
  assert.match((await doctor()).join('\n'), /^fail no stream takes subject tidings\.>/);
  await added({ name: 'NARROW', subjects: ['tidings.*'] });
  assert.match(
    (await doctor()).join('\n'),
    /^ok [\s\S]*warn stream NARROW takes tidings\.\*, which is not all of tidings\.>/,
  );
  await withStreams(url, async (streams) => void (await streams.delete('NARROW')));

  await added({});
  assert.match(await said(url), /^sent TIDINGS 1$/);
  assert.match(await said(url), /^sent TIDINGS 1, was there already$/);
  assert.match((await doctor()).join('\n'), /^ok stream TIDINGS at .*\nwarn .*for 2 min/);
  assert.match(await said(url.replace('a:b', 'a:wrong')), /^broken .*Authorization Violation/);
  assert.match(await said(url.replace('a:b', 'c:d')), /^sent/);
  assert.match(
    await said(url.replace('a:b', 'c:d'), 'other'),
    /^broken .*Permissions Violation for Publish to "other"; allow/,
  );
  assert.match((await doctor(url.replace('a:b', 'c:d'))).join('\n'), /warn this user may not ask which stream/);
  await added({ name: 'FULL', subjects: ['full'], max_msgs: 1, discard: 'new' });
  assert.match(await said(url, 'full'), /^sent/);
  await using full = await open(url, 'full');
  assert.match(JSON.stringify(await full.send(2)), /"retry".*maximum messages exceeded \(10077\)/);
  await added({ name: 'SMALL', subjects: ['small'], max_msg_size: 10 });
  assert.match(await said(url, 'small'), /^rejected .*message size exceeds maximum allowed \(10054\)/);
});

test('a real NATS: a credentials file proves who it is', { skip }, async () => {
  await using dir = await dataDir();
  const user = nkeys.createUser();
  const [users, creds] = [join(dir.path, 'users'), join(dir.path, 'user.creds')];
  await writeFile(users, `authorization { users: [ { nkey: ${user.getPublicKey()} } ] }\n`);
  const parts = { 'NATS USER JWT': 'none', 'USER NKEY SEED': Buffer.from(user.getSeed()).toString() };
  const text = Object.entries(parts).map(
    ([name, part]) => `-----BEGIN ${name}-----\n${part}\n------END ${name}------\n`,
  );
  await writeFile(creds, text.join('\n'));
  await using server = await startServer('nats-server', ['-c', users]);
  const settings = settingsFor(`nats://127.0.0.1:${server.port}`);
  const asking = { ...OPENING, signal: new AbortController().signal, version: '1', env: {}, invocation: 'tidings' };
  const doctor = async (more: object) => (await check('team', { ...settings, ...more }, asking))[0]?.detail ?? '';
  assert.match(await doctor({ creds }), /^no stream takes subject/);
  assert.match(await doctor({}), /Authorization Violation/);
  assert.match(await doctor({ creds: users }), /^the file in creds cannot be used: unable to parse credentials/);
});

const KILLS = FULL ? 10 : 1;
const EACH = FULL ? 2_000 : 200;

test('a real NATS killed in mid-load: none is lost, and none stands there twice', { skip }, async (t: TestContext) => {
  await using server = await startServer('nats-server');
  const url = `nats://127.0.0.1:${server.port}`;
  await withStreams(url, async (streams) => void (await streams.add(TIDINGS)));
  await using to = await open(url);
  const next = Array.from({ length: KILLS * EACH }, (_, n) => n + 1).values();
  let restarting: Promise<void> = Promise.resolve();
  let unknown = 0;
  const sending = Array.from({ length: 8 }, async () => {
    for (const id of next) {
      if (id % EACH === EACH / 2) restarting = server.kill().then(() => server.start());
      for (let outcome = await to.send(id); outcome.kind !== 'sent'; outcome = await to.send(id)) {
        assert.match(outcome.kind, /^(?:retry|unknown)$/, JSON.stringify(outcome));
        if (outcome.kind === 'unknown') unknown++;
        await restarting;
      }
    }
  });
  await Promise.all(sending);
  await withStreams(url, async (streams) => {
    const { state } = await streams.info('TIDINGS');
    const ids = new Set<string | undefined>();
    for (let seq = state.first_seq; seq <= state.last_seq; seq++) {
      ids.add((await streams.getMessage('TIDINGS', { seq }))?.header.get('Nats-Msg-Id'));
    }
    assert.deepEqual([state.messages, ids.size], [KILLS * EACH, KILLS * EACH]);
  });
  t.diagnostic(`${unknown} confirmations were lost`);
  tried(t, KILLS, 'kills of a NATS server');
});
