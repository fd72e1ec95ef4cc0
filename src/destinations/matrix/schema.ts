import * as z from 'zod/mini';
import { secret, shaped } from '../../config/parts/values.ts';
import type { ChannelSchema } from '../../model/plugin/channel.ts';
import { perMinuteKey } from '../common-keys.ts';
import { threadSetting } from '../thread-setting.ts';
import { homeserverProblem, ROOM, roomProblem, tokenProblem, USER, userProblem } from './shapes.ts';

export const SCHEMA: ChannelSchema = {
  text: 'a room that is not encrypted, by a user of its own.',
  keys: {
    homeserver: {
      value: shaped(homeserverProblem, '^[hH][tT][tT][pP][sS]?://'),
      without: 'needed',
      text: 'Base address of the homeserver, as in `https://matrix.example.org`.',
      hint: 'give the address of the homeserver, as in "https://matrix.example.org".',
    },
    access_token: {
      value: z.pipe(shaped(tokenProblem), secret),
      without: 'needed',
      text: 'Access token of the user that posts: one device, logged in once.',
      hint: 'give the access token of a user, as in "${MATRIX_ACCESS_TOKEN}".',
      secret: 'value',
    },
    room_id: {
      value: shaped(roomProblem, ROOM),
      without: 'needed',
      text: 'The room, as in `"!abc:example.org"` (in quotes). No two destinations may share it.',
      hint: 'give the id of a room, as in "!abc:example.org".',
    },
    thread: threadSetting('a message in the thread below the first'),
    per_minute: perMinuteKey(
      12,
      'Messages a minute; 12 is what Synapse allows a user by default, over all rooms. `0`: as fast as they come.',
    ),
  },
  variables: {
    MATRIX_HOMESERVER: { without: null, text: 'Base address of a Matrix homeserver.' },
    MATRIX_ACCESS_TOKEN: { without: null, text: 'Access token of the user that posts there.' },
    MATRIX_ROOM_ID: { without: null, text: 'The room that it posts to.' },
  },
  addressOf({ homeserver, room_id: room }) {
    if (typeof homeserver !== 'string' || typeof room !== 'string') return null;
    return { address: `${homeserver.replace(/\/+$/, '')} ${room}`, key: 'room_id', what: 'room' };
  },
  person: {
    value: z.optional(shaped(userProblem, USER)),
    without: null,
    text: 'The user at Matrix, as in `"@mona:example.org"`, in quotes.',
    noun: 'user',
    example: '@mona:example.org',
    pattern: USER,
  },
};
