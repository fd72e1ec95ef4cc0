import type { Schema } from '../../model/plugin/plugin.ts';

export const SCHEMA: Schema = {
  text: "a project's or group's webhooks, and an instance's system hooks, see [GitLab as a source](sources/gitlab.md).",
  variables: {
    GITLAB_WEBHOOK_SECRET: {
      without: '–',
      text: 'The signing token of the webhook (`whsec_…`), or its secret token. Several, separated by commas, while one is changed.',
    },
  },
  keys: {},
};
