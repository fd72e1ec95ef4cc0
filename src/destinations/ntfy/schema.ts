import * as z from 'zod/mini';
import { numberWithin, secret, shaped } from '../../config/parts/values.ts';
import type { ChannelSchema } from '../../model/plugin/channel.ts';
import { perMinuteKey } from '../common-keys.ts';
import { topicProblem } from './address.ts';
import { tokenProblem } from './token.ts';

export const SCHEMA: ChannelSchema = {
  text: 'a topic, on phones and desktops.',
  keys: {
    url: {
      value: z.pipe(shaped(topicProblem, '^[hH][tT][tT][pP][sS]?://'), secret),
      without: 'needed',
      text: 'Address of the topic, as in `https://ntfy.sh/acme-x7f3qk`. Its name is kept as a secret: whoever knows it can read and post.',
      hint: 'give the address of a topic, as in "${NTFY_URL}".',
      secret: 'path',
    },
    token: {
      value: z.optional(z.pipe(shaped(tokenProblem), secret)),
      without: null,
      text: 'An access token, `tk_…`, where the topic does not take messages from anybody.',
      secret: 'value',
    },
    priority: {
      value: z.optional(numberWithin(1, 5, '', 'whole')),
      without: '`4` for bad news and where somebody is called, else `3`',
      text: 'How loud every message is: `1` does not show up, `5` rings long.',
    },
    per_minute: perMinuteKey(
      12,
      'Messages a minute; 12 is what ntfy gives back after the first 60. `0`: as fast as they come, for a server of your own without limits.',
    ),
  },
  variables: {
    NTFY_URL: {
      without: null,
      text: 'Address of an [ntfy](destinations/ntfy.md) topic, as in `https://ntfy.sh/acme-x7f3qk`.',
    },
    NTFY_TOKEN: {
      without: null,
      text: 'An access token of ntfy (`tk_…`), with `NTFY_URL`, where the topic asks for one.',
    },
  },
};
