import type { Command } from 'commander';
import { iso, isoOrNull } from '../../../shared/time-words.ts';
import { type Context, readConfig } from '../../context.ts';
import { examples, json } from '../../options.ts';
import { parseUntil } from '../../since.ts';
import { oneLine } from '../../table.ts';
import { threadOf, whomFor } from './shared.ts';

interface MuteOptions {
  readonly for: string;
  readonly until?: string;
  readonly json?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('tell nothing more of one issue, pull request or incident, in one place or to one person')
    .argument('<thread>', 'such as acme/api#12, or the link of its page')
    .addHelpText(
      'before',
      examples(context, [
        ['mute acme/api#12 --for team', 'for good'],
        ['mute https://git.example/acme/api/pull/12 --for @mona --until 3d', 'she is neither told nor called'],
        ['mutes', 'what is muted?'],
      ]),
    )
    .requiredOption('--for <name>', 'a destination, or a person such as @mona')
    .option('--until <time>', 'such as 2h, 3d or 2026-12-24T10:00:00Z; left out: for good')
    .addOption(json())
    .action((thread: string, options: MuteOptions) => mute(context, thread, options));
}

/** @throws CliError: no such destination, page or time */
async function mute(context: Context, text: string, options: MuteOptions): Promise<void> {
  const config = await readConfig(context);
  const whom = whomFor(options.for, config);
  const until = options.until === undefined ? null : parseUntil(options.until, context.clock.now());
  const { localAsker, openDesk } = await import('../../../run/desk/open-desk.ts');
  await using opened = await openDesk(config, context.surroundings, 'write');
  const thread = await threadOf(text, opened.desk);
  await opened.desk.mute({ thread, whom, until }, localAsker());
  if (options.json) {
    await context.printJson({ thread, for: whom, until: isoOrNull(until) });
    return;
  }
  const [name, limit] = [oneLine(thread), until === null ? 'any more' : `until ${iso(until)}`];
  context.say(`${whom} is told nothing of ${name} ${limit}. What waits already is told.`);
  context.say(`To undo it: ${context.invocation} unmute ${name} --for ${whom}`);
}
