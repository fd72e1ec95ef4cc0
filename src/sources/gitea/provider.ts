import type { Provider } from '../../model/plugin/provider.ts';

/** Nothing but the secrets: Gitea says the rest with each event. */
type GiteaSettings = Readonly<Record<string, never>>;

export const provider: Provider<GiteaSettings> = {
  title: 'Gitea',
  words: () => 'pushes, pull requests, issues, releases and workflows, also of Forgejo',
  classics: {
    issues: ['opened'],
    pull_request: ['opened', 'merged'],
    release: ['published'],
    workflow_run: { transition: ['broke', 'fixed'] },
    action_run_failure: { transition: ['broke'] },
    action_run_recover: [],
  },
  proof: () => 'signature in X-Gitea-Signature or X-Forgejo-Signature',
  secret: { variable: 'GITEA_WEBHOOK_SECRET', from: 'chosen' },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  events: async () => (await import('./events.ts')).EVENTS,
  async source({ name, secrets }) {
    const { giteaSource } = await import('./source.ts');
    return giteaSource({ name, secrets });
  },
  setup: async () => (await import('./setup.ts')).SETUP,
  firstSample: 'pull_request.opened',
  samples: async () => (await import('./samples/samples.ts')).SAMPLES,
  sign: async (delivery, secret) => (await import('./sign.ts')).signedHeaders(delivery, secret),
};
