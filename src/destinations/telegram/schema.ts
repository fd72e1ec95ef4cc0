import * as z from 'zod/mini';
import { numberWithin, secret, shaped } from '../../config/parts/values.ts';
import type { ChannelSchema, IdKey } from '../../model/plugin/channel.ts';
import { perMinuteKey } from '../common-keys.ts';
import { threadSetting } from '../thread-setting.ts';
import { CHAT, chatProblem, PERSON, personProblem, tokenProblem } from './shapes.ts';

const MEMBER: IdKey = {
  value: z.optional(shaped(personProblem, PERSON)),
  without: null,
  text: 'The name at Telegram, as in `"@mona_l"`, or `"tg://user?id=80351110"` for who has none, in quotes.',
  noun: 'name or number',
  example: '@mona_l',
  pattern: PERSON,
};

export const SCHEMA: ChannelSchema = {
  text: 'a group, channel or person, by a bot.',
  keys: {
    token: {
      value: z.pipe(shaped(tokenProblem, '^\\d+:'), secret),
      without: 'needed',
      text: 'The token that @BotFather gave the bot.',
      hint: 'give the token of a bot, as in "${TELEGRAM_BOT_TOKEN}".',
      secret: 'value',
    },
    chat_id: {
      value: shaped(chatProblem, CHAT),
      without: 'needed',
      text: 'Where the bot posts: the id of a chat, as in `"-1001234567890"` (in quotes), or the `"@name"` of a public channel. No two destinations of one bot may share it, except in different topics.',
      hint: 'give the id of a chat, as in "${TELEGRAM_CHAT_ID}".',
    },
    topic_id: {
      value: z.optional(numberWithin(1, 2_147_483_647, '', 'whole')),
      without: null,
      text: 'The topic that messages go into, in a group that has topics: the number behind the group in the link of a message there.',
    },
    thread: threadSetting('a reply to the message before'),
    per_minute: perMinuteKey(
      20,
      'Messages a minute; 20 is what Telegram allows a bot in a group. `0`: as fast as they come.',
    ),
  },
  variables: {
    TELEGRAM_BOT_TOKEN: { without: null, text: 'A Telegram bot, by the token that @BotFather gave it.' },
    TELEGRAM_CHAT_ID: { without: null, text: 'Where that bot posts.' },
    TELEGRAM_API_URL: { without: '`https://api.telegram.org`', text: 'Base address of a Bot API server of your own.' },
  },
  addressOf({ token, chat_id: chat, topic_id: topic }) {
    if (typeof token !== 'string' || typeof chat !== 'string') return null;
    return { address: [token.split(':')[0], chat, topic].join(' '), key: 'chat_id', what: 'chat' };
  },
  person: MEMBER,
};
