import type { Schema } from '../../model/plugin/plugin.ts';

export const SCHEMA: Schema = {
  text: 'webhooks of an internal integration or an app, see [Sentry](sources/sentry.md).',
  variables: {
    SENTRY_CLIENT_SECRET: {
      without: null,
      text: 'The client secret of the integration at Sentry. Several, separated by commas: of more integrations, or while one is replaced.',
    },
  },
  keys: {},
};
