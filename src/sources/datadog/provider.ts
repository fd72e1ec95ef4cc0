import type { Provider } from '../../model/plugin/provider.ts';

interface DatadogSettings {
  /** The header that holds the secret; `Authorization` for a password or a bearer token. */
  readonly header?: string;
}

export const provider: Provider<DatadogSettings> = {
  title: 'Datadog',
  words: ({ header }) => `monitors that trigger and recover, proved by ${header ?? 'a token or a password'}`,
  classics: { incident: [], monitor: ['triggered', 'warn', 'no_data', 'recovered'] },
  proof: ({ header }) =>
    header === undefined ? 'token in X-Webhook-Token, or password in Authorization' : `token in ${header}`,
  secret: { variable: 'DATADOG_WEBHOOK_SECRET', from: 'chosen' },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  events: async () => (await import('./events.ts')).EVENTS,
  async source({ name, secrets, settings: { header } }) {
    const { datadogSource } = await import('./source.ts');
    return datadogSource({ name, secrets, ...(header === undefined ? {} : { header }) });
  },
  filed: ({ mode, header }) => {
    if (typeof mode === 'string' && /^(?:basic|bearer|oauth)/i.test(mode)) return { header: 'authorization' };
    return typeof header === 'string' && header !== '' ? { header } : {};
  },
  check: async (source) => (await import('./check.ts')).check(source),
  setup: async () => (await import('./setup.ts')).SETUP,
  firstSample: 'monitor.triggered',
  samples: async () => (await import('./samples/samples.ts')).SAMPLES,
  sign: async (_, secret, { header }) => (await import('./sign.ts')).tokenHeaders(secret, header),
};
