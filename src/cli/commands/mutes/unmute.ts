import type { Command } from 'commander';
import { whomOf } from '../../../model/inbox/mutes.ts';
import { CliError, EXIT } from '../../cli-error.ts';
import { type Context, readConfig } from '../../context.ts';
import { examples, json } from '../../options.ts';
import { oneLine } from '../../table.ts';
import { threadOf } from './shared.ts';

interface UnmuteOptions {
  readonly for: string;
  readonly json?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('tell again what `mute` muted')
    .argument('<thread>', 'as `mutes` lists it, or the link of its page')
    .addHelpText(
      'before',
      examples(context, [
        ['unmute acme/api#12 --for team', ''],
        ['mutes', 'what is muted?'],
      ]),
    )
    .requiredOption('--for <name>', 'a destination, or a person such as @mona')
    .addOption(json())
    .action((thread: string, options: UnmuteOptions) => unmute(context, thread, options));
}

/** @throws CliError, exit code 3: it is not muted for them */
async function unmute(context: Context, text: string, options: UnmuteOptions): Promise<void> {
  const { localAsker, openDesk } = await import('../../../run/desk/open-desk.ts');
  await using opened = await openDesk(await readConfig(context), context.surroundings, 'write');
  // Also what was muted for a destination that is gone.
  const whom = whomOf(options.for);
  const thread = await threadOf(text, opened.desk);
  if (!(await opened.desk.unmute({ thread, whom }, localAsker()))) {
    const name = oneLine(thread);
    throw new CliError(
      EXIT.notFound,
      `${name} is not muted for ${whom}. \`${context.invocation} mutes\` lists what is.`,
    );
  }
  if (options.json) await context.printJson({ thread, for: whom, unmuted: true });
  else context.say(`${whom} is told of ${oneLine(thread)} again, from the next event on.`);
}
