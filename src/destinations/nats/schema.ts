import * as z from 'zod/mini';
import { filled, secret, shaped } from '../../config/parts/values.ts';
import type { Schema } from '../../model/plugin/plugin.ts';
import { concurrencyKey, timeoutKey } from '../common-keys.ts';
import { addressProblem, SUBJECT, subjectProblem } from './shapes.ts';

export const SCHEMA: Schema = {
  text: 'a JetStream stream, each activity as a message. Needs `npm install @nats-io/transport-node @nats-io/jetstream`.',
  keys: {
    url: {
      value: z.pipe(shaped(addressProblem, '^(?:nats|tls)://'), secret),
      without: 'needed',
      text: 'The server: `nats://user:password@host`, `nats://token@host`, or `tls://…`. A cluster: several, with commas.',
      hint: 'give the address of a server, as in "${NATS_URL}".',
      secret: 'value',
    },
    creds: {
      value: z.optional(filled),
      without: null,
      text: 'Path of a credentials file (`.creds`), where the server asks for a JWT. It is read at each connection.',
    },
    subject: {
      value: z._default(shaped(subjectProblem), SUBJECT),
      without: '`tidings.>`',
      text: 'Where messages go. A `>` at its end stands for source and kind, as in `tidings.SOURCE.issues.opened`.',
    },
    concurrency: concurrencyKey(
      'messages',
      'Messages on their way at once, up to 64. With more than 1, the order may be lost.',
    ),
    timeout_ms: timeoutKey('the stream to confirm'),
  },
  variables: {
    NATS_URL: { without: null, text: 'The server that `npx tidings connect nats` took.' },
  },
};
