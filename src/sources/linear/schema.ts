import * as z from 'zod/mini';
import { numberWithin } from '../../config/parts/values.ts';
import type { Schema } from '../../model/plugin/plugin.ts';
import { TOLERANCE_SECONDS } from './tolerance.ts';

export const SCHEMA: Schema = {
  text: "a workspace's or a team's webhook, see [Linear](sources/linear.md).",
  variables: {
    LINEAR_WEBHOOK_SECRET: {
      without: null,
      text: 'The signing secret of the webhook at Linear, `lin_wh_…`. Several, separated by commas: of more webhooks, or while one is replaced.',
    },
  },
  keys: {
    tolerance: {
      value: z._default(numberWithin(1, 86_400, ' seconds', 'whole'), TOLERANCE_SECONDS),
      without: `\`${TOLERANCE_SECONDS}\``,
      text: 'How many seconds the time that Linear signed may be from now. What is further away is refused, as somebody may have sent it again.',
    },
  },
};
