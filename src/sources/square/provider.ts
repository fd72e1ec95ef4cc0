import type { Provider } from '../../model/plugin/provider.ts';

interface SquareSettings {
  /** What the subscription at Square calls, where that is not what PUBLIC_URL makes of it: Square signs it. */
  readonly notification_url?: string;
}

export const provider: Provider<SquareSettings> = {
  title: 'Square',
  words: ({ notification_url: url }) =>
    `payments, refunds, disputes, invoices and payouts${url === undefined ? '' : `, called as ${url}`}`,
  classics: {
    payment: [],
    refund: [],
    dispute: ['created'],
    'dispute.state': ['updated'],
    invoice: ['payment_made', 'scheduled_charge_failed'],
    payout: ['failed'],
    subscription: [],
  },
  proof: () => 'signature over the URL and the body in X-Square-HmacSha256-Signature',
  calledAt: ({ notification_url: url }) => url ?? null,
  secret: { variable: 'SQUARE_WEBHOOK_SIGNATURE_KEY', from: 'issued', problemOf },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  events: async () => (await import('./events.ts')).EVENTS,
  async source({ name, secrets, settings }) {
    const { squareSource } = await import('./source.ts');
    return squareSource({ name, secrets, notificationUrl: settings.notification_url ?? null });
  },
  filed: ({ notification_url: url, notificationUrl = url }) =>
    typeof notificationUrl === 'string' && notificationUrl !== '' ? { notification_url: notificationUrl } : {},
  check: async (source) => (await import('./check.ts')).check(source),
  setup: async () => (await import('./setup.ts')).SETUP,
  firstSample: 'payment.updated',
  samples: async () => (await import('./samples/samples.ts')).SAMPLES,
  async sign({ body, url, received }, secret, settings) {
    const called = received === undefined ? (settings.notification_url ?? url) : url;
    return (await import('./sign.ts')).signedHeaders(called, body, secret);
  },
};

/** An access token is pasted easily, and may move money. */
function problemOf(secret: string): string | undefined {
  return /^(?:EAAA.{36}|sq0[a-z]{3}-)/.test(secret)
    ? "is a token or an application's secret: the signature key stands with the webhook subscription."
    : undefined;
}
