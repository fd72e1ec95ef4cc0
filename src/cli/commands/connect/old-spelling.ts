import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { examples } from '../../options.ts';
import { allPlugins } from '../../plugins.ts';
import { defineConnect } from './define-connect.ts';

/** `slack connect` for `connect slack`: as scripts may have it. In no help but its own. */
export async function defineOldSpelling(program: Command, context: Context, type: string): Promise<void> {
  const found = (await allPlugins()).find(({ name }) => name === type);
  const connect = await found?.plugin.connect?.();
  if (connect === undefined) return;
  const words = `connect ${type}`;
  const command = program
    .command(type, { hidden: true })
    .description(`the same as ${words}`)
    .addHelpText('before', examples(context, [[words, connect.says]]));
  defineConnect(command.command('connect'), context, { words, type, connect });
}
