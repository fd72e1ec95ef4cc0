import type { Channel } from '../../model/plugin/channel.ts';
import type { AmqpSettings } from './settings.ts';
import { placeOf } from './shapes.ts';

export const channel: Channel<AmqpSettings> = {
  title: 'RabbitMQ',
  can: { digest: null, thread: null, card: null, edit: false, everybody: false, dedup: 'message id' },
  words: ({ url, ...to }) =>
    `${placeOf(url.reveal())}, ${to.queue ? `queue ${to.queue}` : `exchange ${to.exchange ?? ''}`}`,
  schema: async () => (await import('./schema.ts')).SCHEMA,
  connect: async () => (await import('./connect/connect.ts')).connect,
  check: async (name, settings, asking) => (await import('./connect/check.ts')).check(name, settings, asking),
  async open({ name, settings }) {
    const { amqpDestination } = await import('./amqp-destination.ts');
    return amqpDestination({ name, settings });
  },
};
