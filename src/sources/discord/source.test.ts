import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filedRequests } from '../../run/verify/filed-request.ts';
import { verify } from '../../run/verify/verify.ts';
import { systemClock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import { provider } from './provider.ts';
import { known } from './settings.ts';
import { signedHeaders } from './sign.ts';

const SECRET = `private:${'5a'.repeat(32)}`;
const NOW = 1_767_225_600;

async function answered(body: object, context: object): Promise<readonly (string | number)[]> {
  const text = JSON.stringify(body);
  const headers = signedHeaders(Buffer.from(text), new Secret(SECRET), NOW * 1000);
  const filed = { provider: 'discord', secret: SECRET, headers, body: text, now: NOW, context };
  const [request] = filedRequests(JSON.stringify(filed));
  assert.ok(request);
  const { verdict, status, body: answer } = await verify(request, systemClock);
  return [verdict, status, ...(verdict === 'reject' ? [] : [answer])];
}

const PING = { type: 1, version: 1, id: '1', token: 'x' };
const EVENTS_PING = { type: 0, version: 1 };
const EVENT = { type: 1, version: 1, event: { type: 'ENTITLEMENT_CREATE', data: {} } };
const COMMAND = { type: 2, id: '7', token: 'x', data: { name: 'a' } };

test('one number means a greeting at one endpoint and an event at the other', async () => {
  const interactions = { endpoint: 'interactions' };
  assert.deepEqual(await answered(PING, interactions), ['handshake', 200, '{"type":1}']);
  assert.deepEqual(await answered(EVENT, interactions), ['handshake', 200, '{"type":1}']);
  assert.deepEqual(await answered(EVENTS_PING, interactions), ['reject', 400]);
  const events = { endpoint: 'webhook-events' };
  assert.deepEqual(await answered(EVENTS_PING, events), ['handshake', 204, '']);
  assert.deepEqual(await answered(EVENT, events), ['accept', 204, '']);
  assert.deepEqual(await answered(PING, events), ['reject', 400]);
  assert.deepEqual(await answered(COMMAND, events), ['reject', 400]);
});

test('without a setting, what is signed says which one it is', async () => {
  for (const context of [{}, { endpoint: 7 }, { endpoint: 'both' }]) {
    assert.deepEqual(await answered(PING, context), ['handshake', 200, '{"type":1}']);
    assert.deepEqual(await answered({ type: 1 }, context), ['handshake', 200, '{"type":1}']);
    assert.deepEqual(await answered(EVENTS_PING, context), ['handshake', 204, '']);
    assert.deepEqual(await answered(EVENT, context), ['accept', 204, '']);
    assert.equal((await answered(COMMAND, context))[0], 'accept');
  }
});

test('what is no key is said in words, and nobody but the owner of a private key can sign', async () => {
  const { problemOf } = provider.secret;
  assert.equal(problemOf?.('ab'.repeat(32)), undefined);
  assert.equal(problemOf?.(SECRET), undefined);
  assert.match(problemOf?.('MTIz.token') ?? '', /^is no public key/);
  assert.match(problemOf?.('private:ab') ?? '', /^is no private key/);
  assert.throws(
    () => signedHeaders(Buffer.from('{}'), new Secret('ab'.repeat(32)), 0),
    /Only Discord has the private key/,
  );
});

test('the token of an interaction is told nowhere', async () => {
  const source = await provider.source({ name: 'game', secrets: [], settings: {} });
  const payload = { ...COMMAND, type: 99, token: 'aW50ZXJhY3Rpb246', data: { token: 'aW50ZXJhY3Rpb246' } };
  for (const type of [2, 3, 5, 99]) {
    const told = await source.normalise({
      id: 1,
      origin: 'webhook',
      source: 'game',
      deliveryId: '7',
      guid: '7',
      type: 'x',
      headers: {},
      body: Buffer.from(JSON.stringify({ ...payload, type })),
      receivedAt: 0,
      storedAt: 0,
      replays: 0,
      settled: null,
    });
    assert.equal(told.kind, 'activity');
    assert.doesNotMatch(JSON.stringify(told), /aW50ZXJhY3Rpb246/);
  }
});

test('an id that YAML took for a number still has its name', () => {
  const unquoted = new Map([[String(Number('290926798626357999')), 'Gold']]);
  assert.equal(known(unquoted, '290926798626357999'), 'Gold');
  assert.equal(known(unquoted, '290926798626357000'), null);
});
