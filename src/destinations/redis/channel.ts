import type { Channel } from '../../model/plugin/channel.ts';
import type { RedisSettings } from './settings.ts';
import { placeOf } from './shapes.ts';

export const channel: Channel<RedisSettings> = {
  title: 'Redis',
  can: { digest: null, thread: null, card: null, edit: false, everybody: false, dedup: 'key beside the stream' },
  words: ({ url, stream }) => `${placeOf(url.reveal())}, stream ${stream}`,
  schema: async () => (await import('./schema.ts')).SCHEMA,
  connect: async () => (await import('./connect/connect.ts')).connect,
  check: async (name, settings, asking) => (await import('./connect/check.ts')).check(name, settings, asking),
  async open({ name, settings }) {
    const { redisDestination } = await import('./redis-destination.ts');
    return redisDestination({ name, settings });
  },
};
