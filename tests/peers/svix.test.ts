import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Webhook } from 'svix';
import { KEYS } from './keys.ts';
import { type Peer, peerSuite } from './peer.ts';
import { json, type Sent, type Signing, seconds } from './sent.ts';
import { post } from './server.ts';

function signed(prefix: 'svix' | 'webhook', id: string, body: string, { secret, at }: Signing): Sent {
  return json(body, {
    [`${prefix}-id`]: id,
    [`${prefix}-timestamp`]: String(seconds(at)),
    [`${prefix}-signature`]: new Webhook(secret).sign(id, at, body),
  });
}

const CREATED = '{"type":"user.created","object":"event","data":{"id":"user_1","first_name":"Zoë"}}';

function peer(prefix: 'svix' | 'webhook'): Peer {
  const id = `msg_1${prefix}`;
  return {
    source: 'svix',
    signatureHeader: `${prefix}-signature`,
    isTimeSigned: true,
    settings: { headers: prefix },
    accepts: ({ headers, body }, secret) => {
      new Webhook(secret).verify(body, headers);
      return true;
    },
    cases: [
      {
        name: `an event by ${prefix}-id`,
        sign: (by) => signed(prefix, id, CREATED, by),
        type: 'user',
        deliveryId: id,
      },
    ],
  };
}

peerSuite(peer('svix'));
peerSuite(peer('webhook'));

test('svix: headers of both families, each right by itself, are one event here as there', async () => {
  const [secret] = KEYS.svix.secrets;
  const by = { secret, at: new Date() };
  const sent = signed('svix', 'msg_2peer', CREATED, by);
  const both = { ...sent, headers: { ...signed('webhook', 'msg_2peer', CREATED, by).headers, ...sent.headers } };
  new Webhook(secret).verify(both.body, both.headers);
  assert.equal((await post('svix', both)).status, 200);
});
