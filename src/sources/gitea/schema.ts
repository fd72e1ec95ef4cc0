import type { Schema } from '../../model/plugin/plugin.ts';

export const SCHEMA: Schema = {
  text: 'webhooks of Gitea and Forgejo, see [Gitea and Forgejo](sources/gitea.md).',
  variables: {
    GITEA_WEBHOOK_SECRET: {
      without: null,
      text: 'The secret of the webhook at Gitea or Forgejo, under Settings → Webhooks. Several, separated by commas, while it is changed.',
    },
  },
  keys: {},
};
