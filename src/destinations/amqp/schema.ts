import * as z from 'zod/mini';
import { secret, shaped } from '../../config/parts/values.ts';
import type { Schema } from '../../model/plugin/plugin.ts';
import { concurrencyKey, timeoutKey } from '../common-keys.ts';
import { addressProblem, nameProblem } from './shapes.ts';

export const SCHEMA: Schema = {
  text: 'each activity as a message in a queue or to an exchange. Needs `npm install amqplib`.',
  keys: {
    url: {
      value: z.pipe(shaped(addressProblem, '^amqps?://'), secret),
      without: 'needed',
      text: 'The broker: `amqp://user:password@host/vhost`, or `amqps://…`.',
      hint: 'give the address of a broker, as in "${AMQP_URL}".',
      secret: 'value',
    },
    exchange: {
      value: z.optional(shaped(nameProblem)),
      without: null,
      text: 'The exchange that messages go to, which must be there. Instead of `queue`.',
    },
    queue: {
      value: z.optional(shaped(nameProblem)),
      without: null,
      text: 'The queue that messages go into, which must be there. Instead of `exchange`.',
    },
    routing_key: {
      value: z.optional(shaped(nameProblem)),
      without: 'source and kind',
      text: 'With `exchange`: the routing key of every message.',
    },
    concurrency: concurrencyKey(
      'messages',
      'Messages on their way at once, up to 64. With more than 1, the order may be lost.',
    ),
    timeout_ms: timeoutKey('the broker to confirm'),
  },
  variables: {
    AMQP_URL: { without: null, text: 'The broker that `npx tidings connect amqp` took.' },
  },
  check({ exchange, queue, routing_key: routingKey }, report) {
    if (exchange === undefined && queue === undefined) report('queue', 'is missing: name a queue, or an exchange.');
    if (exchange !== undefined && queue !== undefined) report('queue', 'stands beside exchange: name one of the two.');
    if (queue !== undefined && routingKey !== undefined)
      report('routing_key', 'says nothing beside queue: leave it out.');
  },
};
