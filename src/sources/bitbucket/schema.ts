import type { Schema } from '../../model/plugin/plugin.ts';

export const SCHEMA: Schema = {
  text: 'webhooks of repositories and workspaces at Bitbucket Cloud, see [Bitbucket](sources/bitbucket.md).',
  variables: {
    BITBUCKET_WEBHOOK_SECRET: {
      without: null,
      text: 'The secret of the webhook at Bitbucket, under Repository settings → Webhooks. Several, separated by commas, while it is changed.',
    },
  },
  keys: {},
};
