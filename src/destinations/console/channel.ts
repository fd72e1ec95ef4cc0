import type { Channel } from '../../model/plugin/channel.ts';

export const channel: Channel<object> = {
  title: 'The terminal',
  can: { digest: 5, thread: null, card: null, edit: false, everybody: false, dedup: null, paceMs: 250 },
  words: () => "the server's terminal",
  schema: async () => ({ text: 'a card for each activity, where Tidings runs.', keys: {} }),
  async open({ name, terminal, clock }) {
    const { consoleDestination } = await import('./console-destination.ts');
    return consoleDestination({ name, ...terminal, clock });
  },
};
