import type { Provider } from '../../model/plugin/provider.ts';

/** Nothing but the secrets: Bitbucket says the rest with each event. */
type BitbucketSettings = Readonly<Record<string, never>>;

export const provider: Provider<BitbucketSettings> = {
  title: 'Bitbucket',
  words: () => 'pushes, pull requests, issues and builds',
  classics: {
    'repo.commit_status_created': { transition: ['broke', 'fixed'] },
    'repo.commit_status_updated': { transition: ['broke', 'fixed'] },
    pullrequest: ['created', 'fulfilled', 'rejected', 'approved', 'changes_request_created'],
    issue: ['created'],
  },
  proof: () => 'signature in X-Hub-Signature',
  secret: { variable: 'BITBUCKET_WEBHOOK_SECRET', from: 'chosen' },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  events: async () => (await import('./events.ts')).EVENTS,
  async source({ name, secrets }) {
    const { bitbucketSource } = await import('./source.ts');
    return bitbucketSource({ name, secrets });
  },
  setup: async () => (await import('./setup.ts')).SETUP,
  firstSample: 'pullrequest.created',
  samples: async () => (await import('./samples/samples.ts')).SAMPLES,
  sign: async (delivery, secret) => (await import('./sign.ts')).signedHeaders(delivery, secret),
};
