import type { Provider } from '../../model/plugin/provider.ts';
import { standardSecretProblem } from '../../shared/standard-webhooks.ts';
import { filed } from './filed.ts';
import type { StandardSettings } from './settings.ts';

export const provider: Provider<StandardSettings> = {
  title: 'Standard Webhooks',
  words: ({ sender }) => (sender === undefined ? 'whoever signs by it' : `from ${sender}`),
  classics: {
    batch: ['completed', 'failed', 'expired'],
    deployment_run: ['failed'],
    email: ['bounced', 'complained', 'failed'],
    endpoint: ['disabled'],
    'eval.run': ['failed'],
    'fine_tuning.job': ['succeeded', 'failed'],
    'message.attempt': ['exhausted'],
    paymentAttempt: ['updated'],
    session: ['status_terminated', 'requires_action'],
    subscriptionItem: [],
    user: ['created'],
    vault_credential: ['refresh_failed'],
  },
  proof: ({ headers }) =>
    `signature in ${headers === undefined ? 'webhook-signature or svix-signature' : `${headers}-signature`}`,
  secret: { variable: 'STANDARD_WEBHOOKS_SECRET', from: 'issued', problemOf: standardSecretProblem },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  events: async () => (await import('./events.ts')).EVENTS,
  async source({ name, secrets, settings }) {
    const { standardSource } = await import('./source.ts');
    return standardSource({ name, secrets, settings });
  },
  filed,
  setup: async () => (await import('./setup.ts')).SETUP,
  firstSample: 'user.created',
  samples: async () => (await import('./samples/samples.ts')).SAMPLES,
  sign: async (delivery, secret, settings) => (await import('./sign.ts')).signedHeaders(delivery, secret, settings),
};
