import * as z from 'zod/mini';
import { secret, shaped } from '../../config/parts/values.ts';
import type { ChannelSchema } from '../../model/plugin/channel.ts';
import { perMinuteKey } from '../common-keys.ts';
import { threadSetting } from '../thread-setting.ts';
import { USER, userProblem, webhookProblem } from './shapes.ts';

export const SCHEMA: ChannelSchema = {
  text: 'a space, by a webhook.',
  keys: {
    webhook_url: {
      value: z.pipe(shaped(webhookProblem, '/spaces/'), secret),
      without: 'needed',
      text: 'Address of the webhook: in a browser, the space → Apps & integrations → Webhooks. Its path and query are kept as a secret. No two destinations may share one.',
      hint: 'give the address of a Google Chat webhook, as in "${GOOGLE_CHAT_WEBHOOK_URL}".',
      secret: 'path',
    },
    thread: threadSetting('a message in its thread'),
    per_minute: perMinuteKey(
      50,
      'Messages a minute; 60 is what Google Chat allows in a space, all its apps together. `0`: as fast as they come.',
    ),
  },
  variables: {
    GOOGLE_CHAT_WEBHOOK_URL: { without: null, text: 'A webhook of Google Chat.' },
  },
  addressOf({ webhook_url: url }) {
    return typeof url === 'string' ? { address: url, key: 'webhook_url', what: 'webhook' } : null;
  },
  person: {
    value: z.optional(shaped(userProblem, USER)),
    without: null,
    text: 'The number of the user at Google, as in `"users/123456789012345678901"`, in quotes.',
    noun: 'number of a user',
    example: 'users/123456789012345678901',
    pattern: USER,
  },
};
