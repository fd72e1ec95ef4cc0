import * as z from 'zod/mini';
import { numberWithin, secret, shaped } from '../../config/parts/values.ts';
import type { Schema } from '../../model/plugin/plugin.ts';
import { concurrencyKey, timeoutKey } from '../common-keys.ts';
import { addressProblem, MAX_LENGTH, STREAM, streamProblem } from './shapes.ts';

export const SCHEMA: Schema = {
  text: 'a stream, each activity as an entry. Needs `npm install ioredis`.',
  keys: {
    url: {
      value: z.pipe(shaped(addressProblem, '^rediss?://'), secret),
      without: 'needed',
      text: 'The server: `redis://user:password@host:6379/0`, or `rediss://…` for TLS.',
      hint: 'give the address of a server, as in "${REDIS_URL}".',
      secret: 'value',
    },
    stream: {
      value: z._default(shaped(streamProblem), STREAM),
      without: '`tidings`',
      text: 'The key of the stream. It is made when the first entry comes.',
    },
    max_length: {
      value: z._default(numberWithin(0, 1_000_000_000, ' entries; 0 keeps all', 'whole'), MAX_LENGTH),
      without: '`100000`',
      text: 'About so many entries are kept (`MAXLEN ~`), read or not. `0`: all.',
    },
    concurrency: concurrencyKey(
      'entries',
      'Entries on their way at once, up to 64. With more than 1, the order may be lost.',
    ),
    timeout_ms: timeoutKey('an answer'),
  },
  variables: {
    REDIS_URL: { without: null, text: 'The server that `npx tidings connect redis` took.' },
  },
};
