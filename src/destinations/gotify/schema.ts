import * as z from 'zod/mini';
import { httpUrl, numberWithin, secret, shaped } from '../../config/parts/values.ts';
import type { ChannelSchema } from '../../model/plugin/channel.ts';
import { appTokenProblem } from './app-token.ts';

export const SCHEMA: ChannelSchema = {
  text: 'an application at a server of yours.',
  keys: {
    url: {
      value: z.pipe(
        httpUrl,
        z.transform((url) => url.replace(/\/+$/, '')),
      ),
      without: 'needed',
      text: 'Address of the server, as in `https://gotify.example.com`.',
      hint: 'give the address of the Gotify server, as in "${GOTIFY_URL}".',
    },
    token: {
      value: z.pipe(shaped(appTokenProblem), secret),
      without: 'needed',
      text: "An application's token, which begins with `A`: Apps → Create Application.",
      hint: 'give the token of an application, as in "${GOTIFY_TOKEN}".',
      secret: 'value',
    },
    priority: {
      value: z.optional(numberWithin(0, 10, '', 'whole')),
      without: '`8` for bad news and where somebody is called, else `5`',
      text: 'How loud every message is: `0` makes no sound, from `8` it shows up above everything else.',
    },
  },
  variables: {
    GOTIFY_URL: { without: null, text: 'Address of a [Gotify](destinations/gotify.md) server, with `GOTIFY_TOKEN`.' },
    GOTIFY_TOKEN: { without: null, text: 'The token of one of its applications, which begins with `A`.' },
  },
};
