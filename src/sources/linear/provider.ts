import type { Provider } from '../../model/plugin/provider.ts';
import { TOLERANCE_SECONDS } from './tolerance.ts';

interface LinearSettings {
  /** How far the signed time may be from now, in seconds. */
  readonly tolerance?: number;
}

export const provider: Provider<LinearSettings> = {
  title: 'Linear',
  words: () => 'issues, comments, projects and their updates',
  classics: {
    Issue: ['create', 'update'],
    Comment: ['create'],
    ProjectUpdate: ['create'],
    IssueSLA: ['breached'],
  },
  proof: () => 'signature in Linear-Signature',
  secret: { variable: 'LINEAR_WEBHOOK_SECRET', from: 'issued', problemOf },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  events: async () => (await import('./events.ts')).EVENTS,
  async source({ name, secrets, settings }) {
    const { linearSource } = await import('./source.ts');
    return linearSource({ name, secrets, tolerance: settings.tolerance ?? TOLERANCE_SECONDS });
  },
  filed({ toleranceSec }) {
    return typeof toleranceSec === 'number' && toleranceSec > 0 ? { tolerance: toleranceSec } : {};
  },
  setup: async () => (await import('./setup.ts')).SETUP,
  firstSample: 'Issue.create',
  samples: async () => (await import('./samples/samples.ts')).SAMPLES,
  sign: async ({ guid, body }, secret) => (await import('./sign.ts')).signedHeaders(guid, body, secret),
};

/** An API key opens the whole workspace. */
function problemOf(secret: string): string | undefined {
  return /^lin_(?:api|oauth)_/.test(secret)
    ? "is a key of Linear's API: the signing secret stands on the webhook's own page."
    : undefined;
}
