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
  /** Among the examples of `connect` itself; of those that only say what to click, the first stands for all. */
  readonly isShown: boolean;
}

/** A subcommand for each row of the table that can be connected: first where messages go, then who sends events. */
export async function define(command: Command, context: Context): Promise<void> {
  const [to, from] = await Promise.all([channels(), providers(context)]);
  const all = [...to, ...from];
  for (const { name, type, connect } of all) {
    defineConnect(command.command(name), context, { words: `connect ${name}`, type, connect });
  }
  const shown = [...all.filter(({ isShown }) => isShown), ...from.filter(({ isShown }) => !isShown).slice(0, 1)];
  const list = shown.map(({ name, connect: { examples: each } }) => {
    const [[typed, says] = ['', '']] = each;
    return [`connect ${name} ${typed}`.trim(), says] as const;
  });
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
