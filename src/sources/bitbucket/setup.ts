import type { Setup } from '../../model/plugin/setup.ts';

export const SETUP: Setup = {
  page: null,
  secret: 'secret',
  steps: [
    'At Bitbucket, in the repository (or the workspace, for all of its repositories): **Settings → Webhooks → Add webhook**.',
    '**URL**: `{url}`.',
    '**Secret**: the same as `{variable}` here. A webhook without a secret signs nothing, and is refused.',
    '**Triggers → Choose from a full list of triggers**: whatever you want to hear of. Build status created *and* updated for builds.',
  ],
  first: 'A push, or a comment on a pull request.',
};
