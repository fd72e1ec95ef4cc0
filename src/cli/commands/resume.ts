import type { Command } from 'commander';
import { didYouMean } from '../../config/check/did-you-mean.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, readConfig } from '../context.ts';
import { examples, json } from '../options.ts';

interface ResumeOptions {
  readonly json?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('send again to a destination at which nothing could arrive, once that is mended')
    .argument('<name>', 'as `destinations` lists it')
    .addHelpText(
      'before',
      examples(context, [
        ['resume team', 'what waited for it follows in order'],
        ['destinations', 'which are broken, and why?'],
      ]),
    )
    .addOption(json())
    .action((name: string, options: ResumeOptions) => resume(context, name, options));
}

/** @throws CliError, exit code 3: there is no such destination */
async function resume(context: Context, name: string, options: ResumeOptions): Promise<void> {
  const config = await readConfig(context);
  await using archive = await context.openArchive(config, 'write');
  const { wasBroken } = await archive.resume(name);
  const names = config.destinations.map((each) => each.name);
  if (!wasBroken && !names.includes(name)) {
    throw new CliError(EXIT.notFound, `No destination is named "${name}".${didYouMean(name, names)}`);
  }
  if (options.json) await context.printJson({ destination: name, resumed: wasBroken });
  context.say(
    wasBroken
      ? `A worker that runs sends to ${name} again within 3 s; one that starts, at once. If nothing can arrive there still, the first message says so, and all wait again.`
      : `${name} holds nothing back: nothing says that it is broken. Where it only pauses, it goes on by itself.`,
  );
}
