import type { Command } from 'commander';
import { iso, plural } from '../../shared/time-words.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, loadConfig } from '../context.ts';
import { examples, json } from '../options.ts';

interface HoldOptions {
  readonly json?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('after restoring a backup: hold back what waits in it, for it may have been posted since')
    .addHelpText(
      'before',
      examples(context, [
        ['hold', 'then start'],
        ['replay --state unknown --dry-run', 'what is held?'],
        ['replay --state unknown', 'post it after all'],
      ]),
    )
    .addOption(json())
    .action((options: HoldOptions) => hold(context, options));
}

async function hold(context: Context, options: HoldOptions): Promise<void> {
  const config = await loadConfig(context, { readOnly: true, purpose: 'work' });
  const { holdWaiting } = await import('../../run/hold.ts');
  const outcome = await holdWaiting(config, context.surroundings, context.io.stop);
  switch (outcome.result) {
    case 'busy': {
      const { owner, expiresAt } = outcome.owner;
      throw new CliError(
        EXIT.failed,
        `A worker runs (${owner}, until ${iso(expiresAt)} at least), and posts what waits. Stop everything that uses this database first.`,
      );
    }
    case 'stopped':
      throw new CliError(EXIT.interrupted, 'Interrupted: the same command holds what is left.');
    case 'held': {
      const { held, left } = outcome;
      for (const [destination, count] of held) {
        if (options.json) await context.printJson({ destination, held: count });
        else if (count > 0) await context.print(`${destination}: ${plural(count, 'message')} held`);
      }
      context.say(
        summary(
          [...held.values()].reduce((sum, each) => sum + each, 0),
          context.invocation,
        ),
      );
      for (const lane of left) context.say(`What waits for "${lane}" stays: it is not configured here.`);
    }
  }
}

function summary(count: number, invocation: string): string {
  return count === 0
    ? 'Nothing waits. Start Tidings.'
    : `Nothing of it is posted by itself. \`${invocation} events --state unknown\` lists it, \`${invocation} replay --state unknown\` posts it after all.`;
}
