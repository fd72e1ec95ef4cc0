import type { Channel } from '../../model/plugin/channel.ts';
import type { NatsSettings } from './settings.ts';
import { placeOf } from './shapes.ts';

export const channel: Channel<NatsSettings> = {
  title: 'NATS',
  can: { digest: null, thread: null, card: null, edit: false, everybody: false, dedup: 'message id' },
  words: ({ url, subject }) => `${placeOf(url.reveal())}, ${subject}`,
  schema: async () => (await import('./schema.ts')).SCHEMA,
  connect: async () => (await import('./connect/connect.ts')).connect,
  check: async (name, settings, asking) => (await import('./connect/check.ts')).check(name, settings, asking),
  async open({ name, settings }) {
    const { natsDestination } = await import('./nats-destination.ts');
    return natsDestination({ name, settings });
  },
};
