import type { Provider } from '../../model/plugin/provider.ts';

/** Nothing but the secrets: PagerDuty says the rest with each event. */
type PagerdutySettings = Readonly<Record<string, never>>;

export const provider: Provider<PagerdutySettings> = {
  title: 'PagerDuty',
  words: () => 'incidents, who answers them, and how long they lasted',
  classics: {
    incident: ['triggered', 'acknowledged', 'unacknowledged', 'escalated', 'resolved', 'reopened'],
  },
  proof: () => 'signature in X-PagerDuty-Signature',
  secret: { variable: 'PAGERDUTY_WEBHOOK_SECRET', from: 'issued' },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  events: async () => (await import('./events.ts')).EVENTS,
  async source({ name, secrets }) {
    const { pagerdutySource } = await import('./source.ts');
    return pagerdutySource({ name, secrets });
  },
  setup: async () => (await import('./setup.ts')).SETUP,
  firstSample: 'incident.triggered',
  samples: async () => (await import('./samples/samples.ts')).SAMPLES,
  sign: async ({ body, guid }, secret) => (await import('./sign.ts')).signedHeaders(body, guid, secret),
};
