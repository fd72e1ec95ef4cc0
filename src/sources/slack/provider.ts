import type { Provider } from '../../model/plugin/provider.ts';

interface SlackSettings {
  /** Slack's id → what it is called. */
  readonly names?: Readonly<Record<string, string>>;
}

export const provider: Provider<SlackSettings> = {
  title: 'Slack',
  words: ({ names = {} }) => `messages and workspace news, ${Object.keys(names).length} names known`,
  classics: { app_mention: [], app_uninstalled: [], channel_created: [], team_join: [], tokens_revoked: [] },
  proof: () => 'signature in X-Slack-Signature',
  secret: { variable: 'SLACK_SIGNING_SECRET', from: 'issued', problemOf },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  events: async () => (await import('./events.ts')).EVENTS,
  async source({ name, secrets, settings }) {
    const { slackSource } = await import('./source.ts');
    return slackSource({ name, secrets, names: new Map(Object.entries(settings.names ?? {})) });
  },
  setup: async () => (await import('./setup.ts')).SETUP,
  firstSample: 'app_mention',
  samples: async () => (await import('./samples/samples.ts')).SAMPLES,
  sign: async ({ body, now }, secret) => (await import('./sign.ts')).signedHeaders(body, secret, now),
};

function problemOf(secret: string): string | undefined {
  return /^x(?:ox|app)/.test(secret)
    ? 'is a token: the signing secret stands above it, under App Credentials.'
    : undefined;
}
