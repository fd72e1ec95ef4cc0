import { Webhook } from 'standardwebhooks';
import { peerSuite } from './peer.ts';
import { json, type Sent, type Signing, seconds } from './sent.ts';

// GitLab has no library for its webhooks: a signing token signs by Standard Webhooks.

const ID = 'f0000000-0000-4000-8000-000000000001';
const ISSUE = JSON.stringify({
  object_kind: 'issue',
  event_type: 'issue',
  user: { name: 'Mona', username: 'mona' },
  project: { id: 1, path_with_namespace: 'acme/api', web_url: 'https://gitlab.com/acme/api' },
  object_attributes: { id: 1, iid: 7, title: 'Größe ♥', action: 'open', url: 'https://gitlab.com/acme/api/-/issues/7' },
});

function signed(body: string, { secret, at }: Signing): Sent {
  return json(body, {
    'X-Gitlab-Event': 'Issue Hook',
    'Idempotency-Key': ID,
    'webhook-id': ID,
    'webhook-timestamp': String(seconds(at)),
    'webhook-signature': new Webhook(secret).sign(ID, at, body),
  });
}

peerSuite({
  source: 'gitlab',
  signatureHeader: 'webhook-signature',
  isTimeSigned: true,
  accepts: ({ headers, body }, secret) => new Webhook(secret).verify(body, headers),
  cases: [{ name: 'an issue', sign: (by) => signed(ISSUE, by), type: 'issue', deliveryId: ID }],
});
