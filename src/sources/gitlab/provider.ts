import type { Provider } from '../../model/plugin/provider.ts';
import { standardSecretProblem } from '../../shared/standard-webhooks.ts';

/** Nothing but the secrets. */
type GitlabSettings = Readonly<Record<string, never>>;

export const provider: Provider<GitlabSettings> = {
  title: 'GitLab',
  words: () => 'merge requests, issues, pushes, pipelines',
  classics: {
    deployment: { transition: ['broke', 'fixed'] },
    issue: ['close', 'open', 'reopen'],
    merge_request: ['approved', 'changes_requested', 'close', 'merge', 'open', 'ready_for_review', 'reopen'],
    pipeline: { transition: ['broke', 'fixed'] },
    release: ['create'],
    vulnerability: [],
  },
  proof: () => 'signature in webhook-signature, or token in X-Gitlab-Token',
  secret: { variable: 'GITLAB_WEBHOOK_SECRET', from: 'chosen', problemOf },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  events: async () => (await import('./events.ts')).EVENTS,
  async source({ name, secrets }) {
    const { gitlabSource } = await import('./source.ts');
    return gitlabSource({ name, secrets });
  },
  check: async (source) => (await import('./check.ts')).check(source),
  setup: async () => (await import('./setup.ts')).SETUP,
  firstSample: 'merge_request.open',
  samples: async () => (await import('./samples/samples.ts')).SAMPLES,
  sign: async (delivery, secret) => (await import('./sign.ts')).signedHeaders(delivery, secret),
};

function problemOf(secret: string): string | undefined {
  if (/^gl[a-z]{2,6}-/.test(secret)) return 'is an access token: the secret of the webhook stands in its own settings.';
  return secret.startsWith('whsec_') ? standardSecretProblem(secret) : undefined;
}
