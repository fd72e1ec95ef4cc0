import type { Provider } from '../../model/plugin/provider.ts';
import { filedSettings, type PaypalSettings } from './settings.ts';

export const provider: Provider<PaypalSettings> = {
  title: 'PayPal',
  words: ({ sample_secret: samples }) =>
    `payments, refunds, disputes, subscriptions and payouts${samples ? ', and samples' : ''}`,
  classics: {
    'PAYMENT.CAPTURE': ['COMPLETED', 'DECLINED', 'DENIED', 'REFUNDED', 'REVERSED'],
    'PAYMENT.SALE': ['COMPLETED', 'DENIED', 'REFUNDED', 'REVERSED'],
    'CUSTOMER.DISPUTE': [],
    'BILLING.SUBSCRIPTION': ['ACTIVATED', 'CANCELLED', 'SUSPENDED'],
    'BILLING.SUBSCRIPTION.PAYMENT': ['FAILED'],
  },
  proof: () => 'signature by the certificate of PayPal in PayPal-Transmission-Sig',
  secret: { variable: 'PAYPAL_WEBHOOK_ID', from: 'issued', problemOf },
  fromEnv: (env) => ({ sample_secret: env.token('PAYPAL_SAMPLE_SECRET') }),
  schema: async () => (await import('./schema.ts')).SCHEMA,
  events: async () => (await import('./events.ts')).EVENTS,
  async source({ name, secrets, settings }) {
    const { paypalSource } = await import('./source.ts');
    return paypalSource({ name, secrets, settings });
  },
  filed: filedSettings,
  check: async (source) => (await import('./check.ts')).check(source),
  setup: async () => (await import('./setup.ts')).SETUP,
  firstSample: 'PAYMENT.CAPTURE.COMPLETED',
  samples: async () => (await import('./samples/samples.ts')).SAMPLES,
  sign: async (delivery, webhookId, settings) =>
    (await import('./sign.ts')).signedHeaders(delivery, webhookId, settings.sample_secret ?? null),
};

/** Beside it stand a client id and its secret, which may move money. */
function problemOf(id: string): string | undefined {
  if (id === 'WEBHOOK_ID')
    return 'is what PayPal’s simulator signs with, for everybody: give the ID beside the webhook’s URL.';
  if (/^[A-Za-z0-9-]{1,60}$/.test(id)) return undefined;
  return "is no webhook ID of PayPal's: it has about 17 capital letters and digits, and stands beside the webhook's URL.";
}
