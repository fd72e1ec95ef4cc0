import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { examples } from '../options.ts';
import { allPlugins, titles } from '../plugins.ts';
import { defineConnect } from './connect/define-connect.ts';

/** A subcommand for each row of the table that can be connected. */
export async function define(command: Command, context: Context): Promise<void> {
  const list: [command: string, says: string][] = [];
  const plugins = (await allPlugins()).filter(({ plugin }) => plugin.connect !== undefined);
  for (const { name, plugin } of plugins) {
    const connect = await plugin.connect?.();
    if (connect === undefined) continue;
    const [typed, says] = connect.examples[0] ?? ['', ''];
    list.push([`connect ${name} ${typed}`.trim(), says]);
    defineConnect(command.command(name), context, { words: `connect ${name}`, type: name, connect });
  }
  const all = titles(
    plugins.map(({ plugin }) => plugin),
    'or',
  );
  command.description(`connect ${all}`).addHelpText('before', examples(context, list));
}
