import type { Schema } from '../../model/plugin/plugin.ts';

export const SCHEMA: Schema = {
  text: 'webhooks of an app or of a shop, see [Shopify](sources/shopify.md).',
  variables: {
    SHOPIFY_WEBHOOK_SECRET: {
      without: null,
      text: "The app's client secret, or the key under Settings → Notifications → Webhooks. Several, separated by commas: of both, of more apps, or while one is rotated.",
    },
  },
  keys: {},
};
