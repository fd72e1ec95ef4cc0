import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { verifySlackRequest } from '@slack/bolt';
import { KEYS } from './keys.ts';
import { type Peer, peerSuite } from './peer.ts';
import { form, json, type Sent, type Signing, seconds } from './sent.ts';
import { newest, post } from './server.ts';

/** Bolt signs nothing: after `verifySlackRequest`. */
function signed(make: typeof json, body: string, { secret, at }: Signing): Sent {
  const hex = createHmac('sha256', secret)
    .update(`v0:${seconds(at)}:${body}`)
    .digest('hex');
  return make(body, { 'X-Slack-Request-Timestamp': String(seconds(at)), 'X-Slack-Signature': `v0=${hex}` });
}

const MENTION = JSON.stringify({
  type: 'event_callback',
  team_id: 'T1',
  api_app_id: 'A1',
  event_id: 'Ev1Peer',
  event_time: 1_767_225_600,
  event: { type: 'app_mention', user: 'U1', channel: 'C1', text: 'hi ♥', ts: '1767225600.000100' },
});
const PRESSED = fields({
  payload: JSON.stringify({
    type: 'block_actions',
    user: { id: 'U1', username: 'mona' },
    trigger_id: '1.2.peer',
    actions: [{ action_id: 'approve', action_ts: '3.4', value: 'a+b &=%' }],
  }),
});
const COMMAND = fields({
  command: '/deploy',
  text: 'web to production',
  user_id: 'U1',
  user_name: 'mona',
  trigger_id: '5.6.peer',
});

function fields(all: Readonly<Record<string, string>>): string {
  return new URLSearchParams(all).toString();
}

const peer: Peer = {
  source: 'slack',
  signatureHeader: 'x-slack-signature',
  isTimeSigned: true,
  accepts: ({ headers, body }, signingSecret) => {
    const given = {
      'x-slack-signature': headers['x-slack-signature'] ?? '',
      'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']),
    };
    verifySlackRequest({ signingSecret, body, headers: given });
    return true;
  },
  cases: [
    {
      name: 'an event',
      sign: (by) => signed(json, MENTION, by),
      type: 'app_mention',
      deliveryId: 'Ev1Peer',
      answer: '',
    },
    {
      name: 'a press',
      sign: (by) => signed(form, PRESSED, by),
      type: 'block_actions',
      deliveryId: '1.2.peer:3.4',
      answer: '',
    },
    {
      name: 'a command',
      sign: (by) => signed(form, COMMAND, by),
      type: 'slash_command',
      deliveryId: '5.6.peer',
      answer: '',
    },
  ],
  acceptedThere: { 'six minutes early': 'it looks for what is old alone' },
};

peerSuite(peer);

test('slack: the greeting is signed too, answered and not stored', async () => {
  const [secret] = KEYS.slack.secrets;
  const body = JSON.stringify({ type: 'url_verification', token: 'x', challenge: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gm' });
  const sent = signed(json, body, { secret, at: new Date() });
  const before = (await newest('slack'))?.id;
  assert.ok(peer.accepts(sent, secret));
  assert.deepEqual(await post('slack', sent), { status: 200, text: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gm' });
  assert.equal((await newest('slack'))?.id, before);
});
