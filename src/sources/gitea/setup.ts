import type { Setup } from '../../model/plugin/setup.ts';

export const SETUP: Setup = {
  page: null,
  secret: 'secret',
  steps: [
    'In the repository, the organisation, or for a whole server under **Site administration → Integrations**: **Settings → Webhooks → Add webhook → Gitea** (or **Forgejo**).',
    '**Target URL**: `{url}`.',
    '**HTTP method** `POST`, **POST content type** `application/json`. Of a form, Gitea signs only what is inside.',
    '**Secret**: the same as `{variable}` here. A webhook without a secret signs nothing, and is refused.',
    '**Trigger on**: whatever you want to hear of. Leave **Authorization header** empty.',
  ],
  first: "**Test delivery**, at the foot of the webhook's page.",
};
