import type { Provider } from '../../model/plugin/provider.ts';
import { keyProblem } from './key-problem.ts';
import type { Endpoint } from './settings.ts';

interface DiscordSettings {
  readonly endpoint?: Endpoint;
  /** Discord's id → what it is called. */
  readonly names?: Readonly<Record<string, string>>;
}

export const provider: Provider<DiscordSettings> = {
  title: 'Discord',
  words: ({ endpoint }) =>
    endpoint === undefined ? 'interactions and webhook events' : endpoint.replace('-', ' ').concat(' alone'),
  classics: {
    APPLICATION_AUTHORIZED: [],
    APPLICATION_DEAUTHORIZED: [],
    ENTITLEMENT_CREATE: [],
    ENTITLEMENT_DELETE: [],
  },
  proof: () => 'signature (Ed25519) in X-Signature-Ed25519',
  secret: { variable: 'DISCORD_PUBLIC_KEY', from: 'issued', problemOf: keyProblem },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  events: async () => (await import('./events.ts')).EVENTS,
  async source({ name, secrets, settings }) {
    const { discordSource } = await import('./source.ts');
    const names = new Map(Object.entries(settings.names ?? {}));
    return discordSource({ name, secrets, endpoint: settings.endpoint ?? null, names });
  },
  filed: ({ endpoint }) => (endpoint === 'interactions' || endpoint === 'webhook-events' ? { endpoint } : {}),
  check: async (source) => (await import('./check.ts')).check(source),
  setup: async () => (await import('./setup.ts')).SETUP,
  firstSample: 'APPLICATION_COMMAND',
  samples: async () => (await import('./samples/samples.ts')).SAMPLES,
  sign: async ({ body, now }, secret) => (await import('./sign.ts')).signedHeaders(body, secret, now),
};
