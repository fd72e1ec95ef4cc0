import * as z from 'zod/mini';
import { numberWithin, oneOf } from '../../config/parts/values.ts';
import type { Schema } from '../../model/plugin/plugin.ts';
import { SENDER_NAMES } from './senders/names.ts';
import { PREFIXES } from './settings.ts';

export const SCHEMA: Schema = {
  text: 'everybody who signs by [Standard Webhooks](https://www.standardwebhooks.com): Svix, Clerk, Resend, OpenAI, Anthropic and many more, see [Standard Webhooks](sources/standard-webhooks.md).',
  variables: {
    STANDARD_WEBHOOKS_SECRET: {
      without: null,
      text: "The endpoint's signing secret at the sender, `whsec_…`, or its public key, `whpk_…`. Several, separated by commas: of more endpoints, or while one is changed.",
    },
  },
  keys: {
    sender: {
      value: z.optional(oneOf(SENDER_NAMES)),
      without: 'known by what it says',
      text: 'Who sends: `anthropic`, `clerk`, `openai`, `resend` or `svix` are told in words of their own. Leave it out for everybody else.',
    },
    headers: {
      value: z.optional(oneOf(PREFIXES)),
      without: '`webhook`, and `svix` where those are missing',
      text: 'Which headers are read: `webhook-id`, `webhook-timestamp` and `webhook-signature`, or those of `svix-`.',
    },
    tolerance_seconds: {
      value: z.optional(numberWithin(1, 604_800, ' seconds', 'whole')),
      without: '`300`',
      text: 'How far the signed time may be from now, either way.',
    },
  },
};
