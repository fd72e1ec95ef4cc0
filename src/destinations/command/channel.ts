import { basename } from 'node:path';
import type { Channel } from '../../model/plugin/channel.ts';

export interface CommandSettings {
  /** A program, by an absolute path or a name on PATH, and its arguments. */
  readonly command: readonly string[];
  /** Programs at once; more than 1 gives up order. */
  readonly concurrency: number;
  readonly timeout_ms: number;
}

export const channel: Channel<CommandSettings> = {
  title: 'Command',
  can: { digest: null, thread: null, card: null, edit: false, everybody: false, dedup: '`TIDINGS_ID`' },
  // Arguments may be anything.
  words: ({ command: [program = ''] }) => basename(program),
  schema: async () => (await import('./schema.ts')).SCHEMA,
  check: async (name, { command: [program = ''] }) => (await import('./check.ts')).check(name, program),
  async open({ name, settings: { command, concurrency, timeout_ms: timeoutMs }, clock }) {
    const { commandDestination } = await import('./command-destination.ts');
    return commandDestination({ name, command, concurrency, timeoutMs, clock });
  },
};
