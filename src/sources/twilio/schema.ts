import * as z from 'zod/mini';
import { shaped } from '../../config/parts/values.ts';
import type { Schema } from '../../model/plugin/plugin.ts';

function urlProblem(text: string): string | undefined {
  if (URL.canParse(text) && /^https?:\/\//.test(text)) return undefined;
  return 'is no URL: write it as it stands at Twilio, such as https://hooks.example.org/twilio.';
}

export const SCHEMA: Schema = {
  text: 'messages, calls and errors of an account, see [Twilio](sources/twilio.md).',
  variables: {
    TWILIO_AUTH_TOKEN: {
      without: null,
      text: 'The primary auth token of the account, or the secret of a shared key. Several, separated by commas: of subaccounts, or while one is rotated.',
    },
  },
  keys: {
    url: {
      value: z.optional(shaped(urlProblem)),
      without: "PUBLIC_URL and the source's path",
      text: 'The address as it is set at Twilio, where a proxy changes it on the way: Twilio signs it. With user and password, if it has them. The query is taken from the request.',
    },
  },
};
