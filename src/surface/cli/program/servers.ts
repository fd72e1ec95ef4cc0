import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { examples } from './parts.ts';

export function addServers(program: Command, context: Context): void {
  const servers = [
    { name: 'start', role: 'both', says: 'receive and work in one process' },
    { name: 'receive', role: 'receive', says: 'only receive: store events and answer' },
    { name: 'work', role: 'work', says: 'only work: decide and tell what is stored; start as many as you like' },
  ] as const;
  for (const { name, role, says } of servers) {
    program
      .command(name)
      .description(says)
      .addHelpText('before', examples(context, [[name, 'until Ctrl-C or SIGTERM']]))
      .action(async () => (await import('../commands/start.ts')).start(context, role));
  }
}
