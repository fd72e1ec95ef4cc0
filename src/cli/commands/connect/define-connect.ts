import { type Command, Option } from 'commander';
import { CATALOG } from '../../../catalog.ts';
import type { Connect, ConnectOption } from '../../../model/plugin/connect.ts';
import type { Context } from '../../context.ts';
import { examples, whole } from '../../options.ts';
import { commandName } from './source/command-name.ts';
import { talkOf } from './talk.ts';

interface Connecting {
  /** What is typed: `connect slack`. */
  readonly words: string;
  /** The row of the table. */
  readonly type: string;
  readonly connect: Connect;
}

/** What a plugin declares, as a command. */
export function defineConnect(command: Command, context: Context, { words, type, connect }: Connecting): void {
  const { says, argument, options, note } = connect;
  const list = connect.examples.map(([typed, tells]) => [`${words} ${typed}`.trim(), tells] as const);
  command
    .description(says)
    .addHelpText('before', examples(context, list))
    .addHelpText('after', `\n${note}${alsoSends(context, words, type)}`);
  if (argument !== undefined) command.argument(argument.name, argument.says);
  for (const each of options) command.addOption(optionOf(each));
  command.action(() => {
    const [given] = command.args;
    return connect.run(talkOf(context, type), { argument: given, options: command.opts() });
  });
}

/** Where messages go to one whose events may be received, too. */
function alsoSends({ invocation }: Context, words: string, type: string): string {
  const other = commandName(type);
  if (!Object.hasOwn(CATALOG.providers, type) || other === type || words !== `connect ${type}`) return '';
  return `\nTo receive what it sends: ${invocation} connect ${other}`;
}

function optionOf({ flags, says, conflicts, whole: limits }: ConnectOption): Option {
  const option = new Option(flags, says);
  if (conflicts !== undefined) option.conflicts([...conflicts]);
  return limits === undefined ? option : option.argParser(whole(limits.what, limits.least, limits.most));
}
