import type { Provider } from '../../model/plugin/provider.ts';
import type { Secret } from '../../shared/secret.ts';
import { appTokenProblem } from './socket/app-token.ts';

interface SlackSettings {
  /** Of Socket Mode. Left out: the source is only called. */
  readonly app_token?: Secret;
  /** `https://slack.com/api` */
  readonly api_url: string;
  /** Slack's id → what it is called. */
  readonly names?: Readonly<Record<string, string>>;
}

export const provider: Provider<SlackSettings> = {
  title: 'Slack',
  words: ({ names = {}, app_token: token }) =>
    `messages and workspace news${token ? ', by Socket Mode' : ''}, ${Object.keys(names).length} names known`,
  classics: { app_mention: [], app_uninstalled: [], channel_created: [], team_join: [], tokens_revoked: [] },
  proof: () => 'signature in X-Slack-Signature',
  secret: {
    variable: 'SLACK_SIGNING_SECRET',
    from: 'issued',
    problemOf,
    instead: { key: 'app_token', variable: 'SLACK_APP_TOKEN', problemOf: appTokenProblem },
  },
  fromEnv: (env) => ({ api_url: env.base('SLACK_API_URL') ?? 'https://slack.com/api' }),
  schema: async () => (await import('./schema.ts')).SCHEMA,
  events: async () => (await import('./events.ts')).EVENTS,
  async source({ name, secrets, settings }) {
    const { slackSource } = await import('./source.ts');
    const { app_token: token, api_url: apiUrl, names = {} } = settings;
    const socket = token ? { token, apiUrl } : null;
    return slackSource({ name, secrets, names: new Map(Object.entries(names)), socket });
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
