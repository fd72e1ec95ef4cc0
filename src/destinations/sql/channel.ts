import type { Channel } from '../../model/plugin/channel.ts';
import type { SqlSettings } from './settings.ts';
import { addressOf } from './shapes.ts';

export const channel: Channel<SqlSettings> = {
  title: 'SQL',
  can: { digest: null, thread: null, card: null, edit: false, everybody: false, dedup: 'unique key' },
  words: ({ url, table }) => `${addressOf(url.reveal())?.place ?? 'a database'}, table ${table}`,
  schema: async () => (await import('./schema.ts')).SCHEMA,
  connect: async () => (await import('./connect/connect.ts')).connect,
  check: async (name, settings, asking) => (await import('./connect/check.ts')).check(name, settings, asking),
  async open({ name, settings }) {
    const { tableOf } = await import('./table.ts');
    const { openDatabase } = await import('./open.ts');
    const { sqlDestination } = await import('./sql-destination.ts');
    const { url, concurrency, timeout_ms: timeoutMs } = settings;
    const made = tableOf(settings);
    return sqlDestination({ name, ...made, concurrency, database: await openDatabase(url.reveal(), timeoutMs) });
  },
};
