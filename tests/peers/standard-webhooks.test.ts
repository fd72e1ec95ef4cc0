import assert from 'node:assert/strict';
import { sign } from 'node:crypto';
import { test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { KEYS, privateHalf } from './keys.ts';
import { type Peer, peerSuite } from './peer.ts';
import { json, type Sent, type Signing, seconds } from './sent.ts';
import { newest, post } from './server.ts';

function signed(id: string, body: string, { secret, at }: Signing): Sent {
  return headed(id, body, at, new Webhook(secret).sign(id, at, body));
}

function headed(id: string, body: string, at: Date, signature: string): Sent {
  return json(body, { 'webhook-id': id, 'webhook-timestamp': String(seconds(at)), 'webhook-signature': signature });
}

const PAID = '{"type":"invoice.paid","timestamp":"2026-01-01T00:00:00Z","data":{"number":"INV-1","for":"Größe ♥"}}';
const peer: Peer = {
  source: 'standard-webhooks',
  signatureHeader: 'webhook-signature',
  isTimeSigned: true,
  accepts: ({ headers, body }, secret) => new Webhook(secret).verify(body, headers),
  cases: [{ name: 'an event', sign: (by) => signed('msg_1peer', PAID, by), type: 'invoice', deliveryId: 'msg_1peer' }],
};

peerSuite(peer);

const { secrets, other } = KEYS['standard-webhooks'];

test('standard-webhooks: of several signatures one will do', async () => {
  const at = new Date();
  const [theirs, right] = [other, secrets[0]].map((each) => new Webhook(each).sign('msg_2peer', at, PAID));
  const sent = headed('msg_2peer', PAID, at, `v2,x ${theirs} ${right}`);
  assert.ok(peer.accepts(sent, secrets[0]));
  assert.equal((await post('standard-webhooks', sent)).status, 200);
});

test('standard-webhooks: what a private key signed (v1a) is accepted here; the library passes it over', async () => {
  const source = 'standard-asymmetric';
  const [secret] = KEYS[source].secrets;
  const at = new Date();
  const content = Buffer.from(`msg_3peer.${seconds(at)}.${PAID}`);
  const ed25519 = (no: number) => `v1a,${sign(null, content, privateHalf('asymmetric', no).key).toString('base64')}`;
  const sent = headed('msg_3peer', PAID, at, ed25519(1));
  assert.equal((await post(source, sent)).status, 200);
  const stored = await newest(source);
  assert.deepEqual([stored?.type, stored?.deliveryId], ['invoice', 'msg_3peer']);
  assert.equal((await post(source, headed('msg_3peer', PAID, at, ed25519(3)))).status, 401);
  assert.throws(
    () => new Webhook(secret.replace('whpk_', 'whsec_')).verify(PAID, sent.headers),
    /No matching signature/,
  );
  // A public key is known to many: what was made with it as a secret proves nothing.
  const forged = signed('msg_4peer', PAID, { secret: secret.replace('whpk_', 'whsec_'), at });
  assert.equal((await post(source, forged)).status, 401);
});
