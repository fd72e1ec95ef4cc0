import type { Schema } from '../../model/plugin/plugin.ts';

export const SCHEMA: Schema = {
  text: 'webhook endpoints of an account, of connected accounts, and of test mode, see [Stripe](sources/stripe.md).',
  variables: {
    STRIPE_WEBHOOK_SECRET: {
      without: null,
      text: 'The signing secret of the endpoint at Stripe, `whsec_…`. Several, separated by commas: of more endpoints, of test mode, or while one is rolled.',
    },
  },
  keys: {},
};
