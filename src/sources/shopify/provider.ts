import type { Provider } from '../../model/plugin/provider.ts';

/** Nothing but the secrets: Shopify says the rest with each event. */
type ShopifySettings = Readonly<Record<string, never>>;

export const provider: Provider<ShopifySettings> = {
  title: 'Shopify',
  words: () => 'orders, refunds, disputes, fulfillments and subscriptions',
  classics: {
    orders: ['create', 'cancelled'],
    refunds: ['create'],
    disputes: ['create', 'update'],
    app: ['uninstalled'],
    subscription_billing_attempts: ['failure'],
  },
  proof: () => 'signature in X-Shopify-Hmac-Sha256',
  secret: { variable: 'SHOPIFY_WEBHOOK_SECRET', from: 'issued', problemOf },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  events: async () => (await import('./events.ts')).EVENTS,
  async source({ name, secrets }) {
    const { shopifySource } = await import('./source.ts');
    return shopifySource({ name, secrets });
  },
  setup: async () => (await import('./setup.ts')).SETUP,
  firstSample: 'orders/create',
  samples: async () => (await import('./samples/samples.ts')).SAMPLES,
  sign: async (delivery, secret) => (await import('./sign.ts')).signedHeaders(delivery, secret),
};

/** An access token opens the shop. */
function problemOf(secret: string): string | undefined {
  return /^shp(?:at|ca|pa|ua)_/.test(secret)
    ? 'is an access token: webhooks are signed with the client secret of the app.'
    : undefined;
}
