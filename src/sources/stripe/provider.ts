import type { Provider } from '../../model/plugin/provider.ts';

/** Nothing but the secrets: Stripe says the rest with each event. */
type StripeSettings = Readonly<Record<string, never>>;

export const provider: Provider<StripeSettings> = {
  title: 'Stripe',
  words: () => 'payments, invoices, subscriptions, disputes and payouts',
  classics: {
    charge: ['succeeded', 'failed', 'refunded', 'captured'],
    'charge.dispute': ['created', 'closed'],
    'charge.refund': [],
    'customer.subscription': [],
    payout: ['failed'],
    refund: ['failed'],
  },
  proof: () => 'signature in Stripe-Signature',
  secret: { variable: 'STRIPE_WEBHOOK_SECRET', from: 'issued', problemOf },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  events: async () => (await import('./events.ts')).EVENTS,
  async source({ name, secrets }) {
    const { stripeSource } = await import('./source.ts');
    return stripeSource({ name, secrets });
  },
  setup: async () => (await import('./setup.ts')).SETUP,
  firstSample: 'charge.succeeded',
  samples: async () => (await import('./samples/samples.ts')).SAMPLES,
  sign: async ({ body, now }, secret) => (await import('./sign.ts')).signedHeaders(body, secret, now),
};

/** An API key is pasted easily, and may move money. */
function problemOf(secret: string): string | undefined {
  return secret.startsWith('whsec_') ? undefined : "is no signing secret of Stripe's: it begins with whsec_.";
}
