import type { Command } from 'commander';
import { CATALOG } from '../../catalog.ts';
import type { Connect } from '../../model/plugin/connect.ts';
import type { Context } from '../context.ts';
import { examples } from '../options.ts';
import { defineConnect } from './connect/define-connect.ts';
import { commandName } from './connect/source/command-name.ts';
import { sourceConnect } from './connect/source/connect-source.ts';

interface Connectable {
  /** What is typed behind `connect`. */
  readonly name: string;
  /** The row of the table. */
  readonly type: string;
  readonly connect: Connect;
  /** Among the examples of `connect` itself: all that do more than say what to click, but for what is done alike. */
  readonly isShown: boolean;
}

/** A subcommand for each row of the table that can be connected: first where messages go, then who sends events. */
export async function define(command: Command, context: Context): Promise<void> {
  const all = [...(await channels()), ...(await providers(context))];
  for (const { name, type, connect } of all) {
    defineConnect(command.command(name), context, { words: `connect ${name}`, type, connect });
  }
  const list = all
    .filter(({ isShown }) => isShown)
    .map(
      ({
        name,
        connect: {
          examples: [first],
        },
      }) => {
        const [typed = '', says = ''] = first ?? [];
        return [`connect ${name} ${typed}`.trim(), says] as const;
      },
    );
  command
    .description('connect who sends events, or where messages go: what to click there, what to set here')
    .addHelpText('before', examples(context, list));
}

async function channels(): Promise<readonly Connectable[]> {
  const rows = Object.entries(CATALOG.channels).map(async ([name, load]) => {
    const { channel } = await load();
    const plain = [{ name, connect: await channel.connect?.(), isShown: true }];
    const ways = Object.entries(channel.ways ?? {}).map(async ([way, { connect }]) => ({
      name: way,
      connect: await connect?.(),
      isShown: false,
    }));
    return [...plain, ...(await Promise.all(ways))].flatMap(({ connect, ...each }) =>
      connect === undefined ? [] : [{ ...each, type: name, connect }],
    );
  });
  return (await Promise.all(rows)).flat();
}

async function providers(context: Context): Promise<readonly Connectable[]> {
  const rows = Object.entries(CATALOG.providers).map(async ([type, load]) => {
    const { provider } = await load();
    const own = await provider.connect?.();
    if (own !== undefined) return [{ name: type, type, connect: own, isShown: true }];
    const setup = await provider.setup?.();
    if (setup === undefined) return [];
    const connect = sourceConnect(context, { name: type, provider }, setup);
    return [{ name: commandName(type), type, connect, isShown: false }];
  });
  return (await Promise.all(rows)).flat();
}
