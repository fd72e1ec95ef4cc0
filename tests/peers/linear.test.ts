import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { LinearWebhookClient } from '@linear/sdk/webhooks';
import { KEYS } from './keys.ts';
import { type Peer, peerSuite } from './peer.ts';
import { json, type Sent, type Signing } from './sent.ts';
import { addressOf, post } from './server.ts';

const ID = 'd0000000-0000-4000-8000-000000000001';

/** Its library signs nothing: after `LinearWebhookClient.verify`. */
function signed(body: string, { secret }: Signing): Sent {
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return json(body, { 'Linear-Signature': signature, 'Linear-Delivery': ID, 'Linear-Event': 'Issue' });
}

/** The time stands in what is signed. */
function issue(at: Date | null): string {
  const webhookTimestamp = at === null ? {} : { webhookTimestamp: at.getTime() };
  const data = { id: 'i1', identifier: 'API-7', title: 'Größe ♥', url: 'https://linear.app/acme/issue/API-7' };
  return JSON.stringify({ action: 'create', type: 'Issue', organizationId: 'o1', data, ...webhookTimestamp });
}

/** Asked as Linear asks who uses it: a whole request, and 200 is the yes. */
async function accepts({ method, headers, body }: Sent, secret: string): Promise<boolean> {
  const handler = new LinearWebhookClient(secret).createHandler();
  return (await handler(new Request(addressOf('linear'), { method, headers, body }))).status === 200;
}

const peer: Peer = {
  source: 'linear',
  isTimeInBody: true,
  signatureHeader: 'linear-signature',
  isTimeSigned: true,
  accepts,
  cases: [{ name: 'an issue', sign: (by) => signed(issue(by.at), by), type: 'Issue', deliveryId: ID }],
};

peerSuite(peer);

test('linear: what says no time is refused here as there', async () => {
  const [secret] = KEYS.linear.secrets;
  const sent = signed(issue(null), { secret, at: new Date() });
  assert.equal((await post('linear', sent)).status, 400);
  assert.equal(await accepts(sent, secret), false);
});
