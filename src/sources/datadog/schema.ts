import * as z from 'zod/mini';
import type { Schema } from '../../model/plugin/plugin.ts';

export const SCHEMA: Schema = {
  text: 'webhooks of monitors, in a template of yours, see [Datadog](sources/datadog.md).',
  variables: {
    DATADOG_WEBHOOK_SECRET: {
      without: 'generated',
      text: 'The value of the header that the webhook sends, or `user:password` of its address. Several, separated by commas, while it is changed.',
    },
  },
  keys: {
    header: {
      value: z.optional(z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/, 'is no name of a header'))),
      without: '`X-Webhook-Token`, else the password of the address',
      text: 'The header that holds the secret, and nothing else counts then. `Authorization`: `Basic` with `user:password`, or `Bearer` with the secret.',
    },
  },
};
