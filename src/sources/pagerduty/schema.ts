import type { Schema } from '../../model/plugin/plugin.ts';

export const SCHEMA: Schema = {
  text: 'webhook subscriptions of services, teams or an account, see [PagerDuty](sources/pagerduty.md).',
  variables: {
    PAGERDUTY_WEBHOOK_SECRET: {
      without: null,
      text: 'The signing secret that PagerDuty shows once, when the subscription is made. Several, separated by commas: of more subscriptions, or while one is replaced.',
    },
  },
  keys: {},
};
