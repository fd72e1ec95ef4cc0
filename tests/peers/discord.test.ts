import assert from 'node:assert/strict';
import { sign } from 'node:crypto';
import { test } from 'node:test';
import {
  InteractionResponseFlags,
  InteractionResponseType,
  InteractionType,
  verifyKey,
  WebhookType,
} from 'discord-interactions';
import { KEYS, privateHalf } from './keys.ts';
import { type Peer, peerSuite } from './peer.ts';
import { json, type Sent, type Signing, seconds } from './sent.ts';
import { newest, post } from './server.ts';

const { secrets, other } = KEYS.discord;

/** Its library signs nothing: after `verifyKey`. The secret is a public key, of which the tests know the other half. */
function signed(body: string, { secret, at }: Signing): Sent {
  const signature = sign(null, Buffer.from(`${seconds(at)}${body}`), halfOf(secret).key).toString('hex');
  return json(body, { 'X-Signature-Ed25519': signature, 'X-Signature-Timestamp': String(seconds(at)) });
}

function halfOf(secret: string) {
  return privateHalf('discord', [...secrets, other].indexOf(secret) + 1);
}

const COMMAND = JSON.stringify({
  id: '1101000000000000001',
  type: InteractionType.APPLICATION_COMMAND,
  token: 'x',
  version: 1,
  member: { user: { id: '1', username: 'mona' } },
  data: { id: '2', name: 'größe', type: 1 },
});

/** Shown to who typed it alone. */
const ANSWER = JSON.stringify({
  type: InteractionResponseType.CHANNEL_MESSAGE_WITH_SOURCE,
  data: { content: 'Received.', flags: InteractionResponseFlags.EPHEMERAL },
});

const peer: Peer = {
  source: 'discord',
  signsAlone: true,
  signatureHeader: 'x-signature-ed25519',
  isTimeSigned: true,
  accepts: ({ headers, body }, secret) =>
    verifyKey(body, headers['x-signature-ed25519'] ?? '', headers['x-signature-timestamp'] ?? '', secret),
  cases: [
    {
      name: 'a command',
      sign: (by) => signed(COMMAND, by),
      type: 'APPLICATION_COMMAND',
      deliveryId: '1101000000000000001',
      answer: ANSWER,
    },
  ],
  sampleKey: (secret) => `private:${halfOf(secret).hex}`,
  acceptedThere: {
    'six minutes old': 'it looks at no time; without one, whoever holds a request could send it for ever',
    'six minutes early': 'likewise',
    'with its signature in capitals': 'it reads hex in any spelling; here one change of one letter is always too much',
  },
};

peerSuite(peer);

for (const [name, type, status, text] of [
  ['interactions', InteractionType.PING, 200, JSON.stringify({ type: InteractionResponseType.PONG })],
  ['webhook events', WebhookType.PING, 204, ''],
] as const) {
  test(`discord: the greeting of ${name} is answered and not stored`, async () => {
    const [secret] = secrets;
    const hello =
      type === InteractionType.PING
        ? { id: '1', token: 'x', version: 1, type }
        : { version: 1, application_id: '1', type };
    const sent = signed(JSON.stringify(hello), { secret, at: new Date() });
    const before = (await newest('discord'))?.id;
    assert.equal(await peer.accepts(sent, secret), true);
    assert.deepEqual(await post('discord', sent), { status, text });
    assert.equal((await newest('discord'))?.id, before);
    assert.equal((await post('discord', { ...sent, body: `${sent.body} ` })).status, 401);
  });
}
