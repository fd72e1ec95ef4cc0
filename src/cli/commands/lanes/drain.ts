import type { Command } from 'commander';
import { plural } from '../../../shared/time-words.ts';
import { type Context, readConfig } from '../../context.ts';
import { examples, json } from '../../options.ts';
import { asker, audit, mustBeDestination } from './shared.ts';

interface DrainOptions {
  readonly dryRun?: true;
  readonly json?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('give up what waits for a destination now: nobody is told of it')
    .argument('<name>', 'as `destinations` lists it')
    .addHelpText(
      'before',
      examples(context, [
        ['drain team --dry-run', 'how many would it be?'],
        ['pause team', 'first, where it sends at this moment'],
        ['drain team', 'what comes later is sent'],
      ]),
    )
    .option('--dry-run', 'only count what would be given up')
    .addOption(json())
    .action((name: string, options: DrainOptions) => drain(context, name, options));
}

/** @throws CliError, exit code 3: there is no such destination */
async function drain(context: Context, name: string, options: DrainOptions): Promise<void> {
  const config = await readConfig(context);
  mustBeDestination(name, config);
  const dryRun = options.dryRun === true;
  await using archive = await context.openArchive(config, dryRun ? 'read' : 'write');
  const { by } = await asker();
  const count = await archive.drain(name, { by }, { dryRun });
  const messages = plural(count, 'message');
  if (!dryRun) await audit(context, archive, { what: 'drain', about: name, outcome: `${messages} given up` });
  if (options.json) await context.printJson({ destination: name, count, dry_run: dryRun });
  if (count === 0) context.say(`Nothing waits for ${name}.`);
  else if (dryRun) context.say(`Would give up ${messages} to ${name}. Nothing was changed.`);
  else
    context.say(
      `${messages} to ${name} given up: \`events --state dead\` lists their events, \`replay ID\` sends one all the same.`,
    );
}
