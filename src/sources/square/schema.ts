import * as z from 'zod/mini';
import { shaped } from '../../config/parts/values.ts';
import type { Schema } from '../../model/plugin/plugin.ts';

function urlProblem(text: string): string | undefined {
  if (URL.canParse(text) && /^https?:\/\//.test(text)) return undefined;
  return 'is no URL: write it as it stands at Square, such as https://hooks.example.org/square.';
}

export const SCHEMA: Schema = {
  text: 'webhook subscriptions of an application, see [Square](sources/square.md).',
  variables: {
    SQUARE_WEBHOOK_SIGNATURE_KEY: {
      without: null,
      text: 'The signature key of the webhook subscription at Square. Several, separated by commas: of more subscriptions, of the sandbox, or while one is rotated.',
    },
  },
  keys: {
    notification_url: {
      value: z.optional(shaped(urlProblem)),
      without: "`PUBLIC_URL` and the source's path",
      text: 'The URL of the subscription exactly as it stands at Square, which signs it: only where something on the way calls Tidings by another one.',
    },
  },
};
