import { Webhooks } from '@octokit/webhooks';
import { peerSuite } from './peer.ts';
import { json, type Sent, type Signing } from './sent.ts';

async function signed(event: string, guid: string, payload: object, { secret }: Signing): Promise<Sent> {
  const body = JSON.stringify(payload);
  return json(body, {
    'X-GitHub-Event': event,
    'X-GitHub-Delivery': guid,
    'X-Hub-Signature-256': await new Webhooks({ secret }).sign(body),
  });
}

const PING = { zen: 'Keep it logically awesome. ✓', hook_id: 1, hook: { type: 'Repository', id: 1 } };
const ISSUE = {
  action: 'opened',
  issue: { number: 7, title: 'Zoë ♥', html_url: 'https://github.com/acme/api/issues/7', user: { login: 'mona' } },
  repository: { id: 1, full_name: 'acme/api', html_url: 'https://github.com/acme/api' },
  sender: { login: 'mona' },
};

peerSuite({
  source: 'github',
  signatureHeader: 'x-hub-signature-256',
  isTimeSigned: false,
  accepts: ({ headers, body }, secret) => new Webhooks({ secret }).verify(body, headers['x-hub-signature-256'] ?? ''),
  cases: [
    {
      name: 'a ping',
      sign: (signing) => signed('ping', 'c0000000-0000-4000-8000-000000000001', PING, signing),
      type: 'ping',
      deliveryId: 'c0000000-0000-4000-8000-000000000001',
    },
    {
      name: 'an issue',
      sign: (signing) => signed('issues', 'c0000000-0000-4000-8000-000000000002', ISSUE, signing),
      type: 'issues',
      deliveryId: 'c0000000-0000-4000-8000-000000000002',
    },
  ],
});
