import * as z from 'zod/mini';
import { secret, shaped } from '../../config/parts/values.ts';
import type { ChannelSchema } from '../../model/plugin/channel.ts';
import { perMinuteKey } from '../common-keys.ts';
import { USER, userProblem, webhookProblem } from './shapes.ts';

export const SCHEMA: ChannelSchema = {
  text: 'a channel or chat, by a workflow.',
  keys: {
    webhook_url: {
      value: z.pipe(shaped(webhookProblem, '^[hH][tT][tT][pP][sS]?://'), secret),
      without: 'needed',
      text: 'Address of the workflow’s webhook: the channel → … → Workflows → "Send webhook alerts to a channel". Its path and query are kept as a secret. No two destinations may share one.',
      hint: 'give the address of a workflow, as in "${TEAMS_WEBHOOK_URL}".',
      secret: 'path',
    },
    per_minute: perMinuteKey(60, 'Messages a minute. `0`: as fast as they come.'),
  },
  variables: {
    TEAMS_WEBHOOK_URL: { without: null, text: 'The webhook of a workflow at Microsoft Teams.' },
  },
  addressOf({ webhook_url: url }) {
    return typeof url === 'string' ? { address: url, key: 'webhook_url', what: 'webhook' } : null;
  },
  person: {
    value: z.optional(shaped(userProblem, USER)),
    without: null,
    text: 'The name that the person signs in to Microsoft with, as in `"mona@acme.com"`, or the object id of the user.',
    noun: 'sign-in name',
    example: 'mona@acme.com',
    pattern: USER,
  },
};
