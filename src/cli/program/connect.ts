import { type Command, Option } from 'commander';
import { STARTERS } from '../../config/starter-file.ts';
import type { Context } from '../context.ts';
import { examples } from './parts.ts';

export function addConnect(program: Command, context: Context): void {
  program
    .command('init')
    .description('write a first tidings.yaml and .env here; overwrites nothing')
    .addHelpText(
      'before',
      examples(context, [
        ['init', 'asks three things'],
        ['init --tell team --repos "acme/*,!acme/sandbox" --no-bots --yes', 'asks nothing'],
      ]),
    )
    .addOption(new Option('--tell <what>', 'what to post').choices(STARTERS))
    .option('--repos <globs>', 'of which repositories, comma-separated; ! excludes')
    .option('--no-bots', 'leave out what bots do')
    .option('--yes', 'ask nothing: defaults for whatever is not given')
    .action(async (options) => (await import('../commands/init.ts')).init(context, options));
}
