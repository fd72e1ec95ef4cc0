import type { Command } from 'commander';
import { iso, isoOrNull } from '../../../shared/time-words.ts';
import { type Context, readConfig } from '../../context.ts';
import { examples, json } from '../../options.ts';
import { parseUntil } from '../../since.ts';
import { asker, audit, mustBeDestination } from './shared.ts';

interface PauseOptions {
  readonly for?: string;
  readonly json?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('send nothing to a destination for now: what is for it waits, in order')
    .argument('<name>', 'as `destinations` lists it')
    .addHelpText(
      'before',
      examples(context, [
        ['pause team', 'until `resume team`'],
        ['pause team --for 2h', 'then it goes on by itself'],
      ]),
    )
    .option('--for <time>', 'such as 30m, 2h or 1d; left out: until somebody resumes it')
    .addOption(json())
    .action((name: string, options: PauseOptions) => pause(context, name, options));
}

/** @throws CliError, exit code 3: there is no such destination */
async function pause(context: Context, name: string, options: PauseOptions): Promise<void> {
  const config = await readConfig(context);
  mustBeDestination(name, config);
  const at = context.clock.now();
  const until = options.for === undefined ? null : parseUntil(options.for, at, '--for');
  await using archive = await context.openArchive(config, 'write');
  const { by } = await asker();
  await archive.hold(name, { by, at, until });
  const end = until === null ? 'until somebody resumes it' : `until ${iso(until)}`;
  await audit(context, archive, { what: 'pause', about: name, outcome: end });
  if (options.json) await context.printJson({ destination: name, paused_by: by, until: isoOrNull(until) });
  context.say(`${name} is paused ${end}. What is being sent ends; what is for it from now on waits, in order.`);
  context.say(`To send again: ${context.invocation} resume ${name}`);
}
