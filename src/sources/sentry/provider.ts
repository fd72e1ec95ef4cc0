import type { Provider } from '../../model/plugin/provider.ts';

/** Nothing but the secrets: Sentry says the rest with each event. */
type SentrySettings = Readonly<Record<string, never>>;

export const provider: Provider<SentrySettings> = {
  title: 'Sentry',
  words: () => 'issues, alerts and comments',
  classics: {
    event_alert: ['triggered'],
    issue: ['created', 'resolved', 'unresolved', 'assigned'],
    metric_alert: ['critical', 'warning', 'resolved'],
  },
  proof: () => 'signature in Sentry-Hook-Signature',
  secret: { variable: 'SENTRY_CLIENT_SECRET', from: 'issued', problemOf },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  events: async () => (await import('./events.ts')).EVENTS,
  async source({ name, secrets }) {
    const { sentrySource } = await import('./source.ts');
    return sentrySource({ name, secrets });
  },
  setup: async () => (await import('./setup.ts')).SETUP,
  firstSample: 'issue.created',
  samples: async () => (await import('./samples/samples.ts')).SAMPLES,
  sign: async (delivery, secret) => (await import('./sign.ts')).signedHeaders(delivery, secret),
};

/** The token stands beside it. */
function problemOf(secret: string): string | undefined {
  return secret.startsWith('sntr') ? 'is a token: the client secret stands below it, under Credentials.' : undefined;
}
