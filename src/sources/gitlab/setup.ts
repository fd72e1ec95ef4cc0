import type { Setup } from '../../model/plugin/setup.ts';

export const SETUP: Setup = {
  page: null,
  secret: 'secret token or signing token',
  steps: [
    'In the project (or the group: one webhook for all its projects): **Settings → Webhooks → Add new webhook**, with the URL `{url}`.',
    'Give it a **signing token** where GitLab offers one, which begins with `whsec_`, else a **secret token** that nobody can guess. The same is `{variable}` here.',
    "Choose the triggers, and leave **Enable SSL verification** on. **Custom webhook template** stays empty: Tidings reads GitLab's own fields.",
  ],
  first: '**Test → Merge request events**, in the list of webhooks.',
};
