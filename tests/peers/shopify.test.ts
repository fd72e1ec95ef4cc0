import '@shopify/shopify-api/adapters/node';
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { ApiVersion, LogSeverity, shopifyApi } from '@shopify/shopify-api';
import { KEYS } from './keys.ts';
import { type Peer, peerSuite } from './peer.ts';
import { json, type Sent, type Signing } from './sent.ts';
import { post } from './server.ts';

/** Its library signs nothing: after `webhooks.validate`. `family`: older deliveries are `x-shopify-…`, newer ones `shopify-…`. */
function signed(family: 'x-shopify' | 'shopify', body: string, { secret }: Signing, without = ''): Sent {
  const headers = {
    [`${family}-hmac-sha256`]: createHmac('sha256', secret).update(body).digest('base64'),
    [`${family}-topic`]: family === 'shopify' ? 'Product' : 'orders/create',
    ...(family === 'shopify' ? { 'shopify-action': 'update' } : {}),
    [`${family}-shop-domain`]: 'acme.myshopify.com',
    [`${family}-api-version`]: '2026-01',
    [`${family}-webhook-id`]: `${family}-peer-1`,
  };
  return json(body, Object.fromEntries(Object.entries(headers).filter(([name]) => name !== without)));
}

function library(apiSecretKey: string) {
  return shopifyApi({
    apiKey: 'of nobody',
    apiSecretKey,
    apiVersion: ApiVersion.January26,
    hostName: 'tidings.example.org',
    isEmbeddedApp: false,
    logger: { level: LogSeverity.Error },
  });
}

// The id is beyond what a JavaScript number holds.
const ORDER = '{"id":9007199254740993,"name":"#1001","total_price":"12.50","currency":"EUR","note":"Größe"}';
const PRODUCT = '{"product":{"id":"gid://shopify/Product/1","title":"Mug"},"fields_changed":["product.title"]}';

const validate = async ({ method, headers, body }: Sent, secret: string) => {
  const rawRequest = { method, url: '/webhooks/shopify', headers };
  return library(secret).webhooks.validate({ rawBody: body, rawRequest, rawResponse: {} });
};

const peer = (signatureHeader: string, cases: Peer['cases']): Peer => ({
  source: 'shopify',
  signatureHeader,
  isTimeSigned: false,
  accepts: async (sent, secret) => (await validate(sent, secret)).valid,
  cases,
});

peerSuite(
  peer('x-shopify-hmac-sha256', [
    { name: 'an order', sign: (by) => signed('x-shopify', ORDER, by), type: 'orders', deliveryId: 'x-shopify-peer-1' },
  ]),
);
peerSuite(
  peer('shopify-hmac-sha256', [
    {
      name: 'a product of Events',
      sign: (by) => signed('shopify', PRODUCT, by),
      type: 'Product',
      deliveryId: 'shopify-peer-1',
    },
  ]),
);

const by: Signing = { secret: KEYS.shopify.secrets[0], at: new Date() };

test('shopify: an empty body is refused here as there, however well it is signed', async () => {
  const sent = signed('x-shopify', '', by);
  assert.equal((await post('shopify', sent)).status, 400);
  assert.equal((await validate(sent, by.secret)).valid, false);
});

test('shopify: what does not say what it is about is refused here as there', async () => {
  const sent = signed('x-shopify', ORDER, by, 'x-shopify-topic');
  assert.equal((await post('shopify', sent)).status, 400);
  assert.equal((await validate(sent, by.secret)).valid, false);
});

test('shopify: without the id of a delivery its body is the id here, and it is refused there: that header is not signed', async () => {
  const sent = signed('x-shopify', '{"id":2}', by, 'x-shopify-webhook-id');
  assert.equal((await post('shopify', sent)).status, 200);
  assert.equal((await validate(sent, by.secret)).valid, false);
});
