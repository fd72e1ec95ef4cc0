import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { storedEvent } from '../../../tests/golden/tell.ts';
import type { Activity } from '../../model/activity.ts';
import type { SourceRequest } from '../../model/source.ts';
import { Secret } from '../../shared/secret.ts';
import { sentence } from '../../text/sentence.ts';
import { normalise } from './normalise/normalise.ts';
import { squareSource } from './source.ts';

const KEY = 'signature-key';
const PUBLIC = 'https://tidings.example.org/webhooks/square';

function request(signedUrl: string, url = PUBLIC): SourceRequest {
  const body = Buffer.from('{"event_id":"e1","type":"payment.updated"}');
  const signature = createHmac('sha256', KEY).update(signedUrl).update(body).digest('base64');
  return { method: 'POST', url, headers: { 'x-square-hmacsha256-signature': signature }, body, now: 0 };
}

test('Square signs the URL of its subscription: the public one, or the one that the source is set to', async () => {
  const secrets = [new Secret('other'), new Secret(KEY)];
  const open = squareSource({ name: 's', secrets });
  const set = squareSource({ name: 's', secrets, notificationUrl: 'https://edge.example.org/square/' });
  const kind = async (source: typeof open, of: SourceRequest) => (await source.receive(of)).kind;
  assert.equal(await kind(open, request(PUBLIC)), 'event');
  assert.equal(await kind(open, request(`${PUBLIC}/`)), 'refused');
  assert.equal(await kind(set, request('https://edge.example.org/square/')), 'event');
  assert.equal(await kind(set, request(PUBLIC)), 'refused');
});

test('a URL that is written otherwise at Square is told from a wrong key', () => {
  const source = squareSource({ name: 's', secrets: [new Secret(KEY)] });
  const why = (of: SourceRequest) => source.diagnose(of, { kind: 'refused', cause: 'mismatch' });
  assert.match(
    why(request(`${PUBLIC}/`)),
    /key is right.* https:\/\/tidings\.example\.org\/webhooks\/square\/ stands there/,
  );
  assert.match(why(request(PUBLIC.replace('https', 'http'))), /key is right/);
  assert.match(why(request('https://elsewhere.example.org/')), /key differs/);
  assert.match(why(request(PUBLIC, '/webhooks/square')), /set PUBLIC_URL/);
});

function told(type: string, object: object, headers: Record<string, string> = {}): Activity {
  const [key = ''] = type.split('.');
  const payload = { event_id: 'e1', type, data: { type: key, id: 'x', object: { [key]: object } } };
  const normalised = normalise({ ...storedEvent(type, payload), headers });
  assert.equal(normalised.kind, 'activity');
  return (normalised as { readonly activity: Activity }).activity;
}

test('each status of a payment is news once, however often Square tells it', () => {
  const paid = { id: 'p1', status: 'COMPLETED', total_money: { amount: 5124, currency: 'KWD' } };
  const key = (object: object) => told('payment.updated', object).keys.dedup;
  assert.equal(key(paid), key({ ...paid, receipt_url: 'https://squareup.com/receipt/1' }));
  assert.notEqual(key(paid), key({ ...paid, status: 'FAILED' }));
  assert.equal(sentence(told('payment.updated', paid)), 'Payment succeeded in Square: KWD 5.124');
  assert.deepEqual(
    [told('payment.updated', paid).facets.amount, told('payment.updated', paid).facets.currency],
    [5.124, 'KWD'],
  );
});

test('what happens in the sandbox is said to', () => {
  const activity = told('payment.updated', { id: 'p1', status: 'COMPLETED' }, { 'square-environment': 'Sandbox' });
  assert.equal(sentence(activity), 'Payment succeeded in Square sandbox');
  assert.equal(activity.facets.isTest, true);
  assert.match(activity.subject?.url ?? '', /^https:\/\/app\.squareupsandbox\.com\//);
});

test('news of a payment or a refund is how it ends, not each step', () => {
  const isMinor = (type: string, object: object) => told(type, object).isMinor;
  assert.equal(isMinor('payment.created', { id: 'p1', status: 'APPROVED' }), true);
  assert.equal(isMinor('refund.created', { id: 'r1', status: 'PENDING' }), true);
  for (const status of ['COMPLETED', 'FAILED', 'CANCELED'])
    assert.equal(isMinor('payment.updated', { id: 'p1', status }), false, status);
  assert.equal(isMinor('refund.updated', { id: 'r1', status: 'COMPLETED' }), false);
});

test('why a payment failed is said in words, also where Square names its code alone', () => {
  const factsOf = (error: object) =>
    told('payment.updated', { id: 'p1', status: 'FAILED', card_details: { errors: [error] } }).said.facts;
  const detail = "Authorization error: 'PAN_FAILURE'";
  assert.deepEqual(factsOf({ code: 'PAN_FAILURE', detail }), ['wrong card number']);
  assert.deepEqual(factsOf({ code: 'NEW_REASON', detail: "Error: 'NEW_REASON'" }), ['new reason']);
  assert.deepEqual(factsOf({ code: 'NEW_REASON', detail: 'The terminal was unplugged.' }), [
    'The terminal was unplugged',
  ]);
});

test('a dispute and the state that it begins with are one happening', () => {
  const object = { id: 'd1', dispute_id: 'd1', state: 'EVIDENCE_REQUIRED' };
  const of = (type: string) => {
    const payload = { event_id: type, type, data: { type: 'dispute', id: 'd1', object: { dispute: object } } };
    const normalised = normalise(storedEvent(type, payload));
    return normalised.kind === 'activity' ? normalised.activity.keys.dedup : null;
  };
  assert.equal(of('dispute.created'), of('dispute.state.updated'));
});
