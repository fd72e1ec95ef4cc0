import * as z from 'zod/mini';
import { secret } from '../../config/parts/values.ts';
import type { Schema } from '../../model/plugin/plugin.ts';

export const SCHEMA: Schema = {
  text: 'webhooks of an app, live or of the sandbox, see [PayPal](sources/paypal.md).',
  variables: {
    PAYPAL_WEBHOOK_ID: {
      without: null,
      text: 'The ID of the webhook at PayPal, which PayPal signs with each event. Several, separated by commas: of more webhooks, or of the sandbox.',
    },
    PAYPAL_SAMPLE_SECRET: {
      without: null,
      text: 'Any long text of yours: what `npx tidings send` signs its samples with, and a source then takes beside what PayPal signed.',
    },
  },
  keys: {
    sample_secret: {
      value: z.optional(secret),
      without: '`PAYPAL_SAMPLE_SECRET`',
      text: 'What `npx tidings send` signs its samples with: PayPal’s own key is PayPal’s alone. Without it no sample is taken.',
      secret: 'value',
    },
  },
};
