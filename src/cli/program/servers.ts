import type { Command } from 'commander';
import type { Role } from '../../run/app-port.ts';
import type { Context } from '../context.ts';
import { examples } from './parts.ts';
import { addTunnelOptions } from './tunnel-options.ts';

export function addServers(program: Command, context: Context): void {
  const servers = [
    { name: 'start', role: 'both', says: 'receive and work in one process' },
    { name: 'receive', role: 'receive', says: 'only receive: store events and answer' },
    { name: 'work', role: 'work', says: 'only work: decide on what is stored, and post it; start as many as you like' },
  ] as const;
  for (const { name, role, says } of servers) {
    const command = program.command(name).description(says);
    if (role !== 'work') addTunnelOptions(command);
    command
      .addHelpText('before', examples(context, [[name, 'until Ctrl-C or SIGTERM'], ...tunnelExamples(name, role)]))
      .action(async (options) => (await import('../commands/start.ts')).start(context, role, options));
  }
}

function tunnelExamples(name: string, role: Role): (readonly [command: string, says: string])[] {
  if (role === 'work') return [];
  return [
    [`${name} --tunnel cloudflared`, 'at a desk: GitHub reaches it, and only the webhooks'],
    [`${name} --tunnel ngrok --update-hook acme/api`, 'the same, and the webhook there calls it'],
  ];
}
