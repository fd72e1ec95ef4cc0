import type { Command } from 'commander';
import { isoOrNull } from '../../../shared/time-words.ts';
import { type Context, readConfig } from '../../context.ts';
import { examples, json } from '../../options.ts';
import { audit, mustBeDestination } from './shared.ts';

interface ResumeOptions {
  readonly json?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('send again to a destination that is paused, or at which nothing could arrive, once that is mended')
    .argument('<name>', 'as `destinations` lists it')
    .addHelpText(
      'before',
      examples(context, [
        ['resume team', 'what waited for it follows in order'],
        ['destinations', 'which are paused or broken, and why?'],
      ]),
    )
    .addOption(json())
    .action((name: string, options: ResumeOptions) => resume(context, name, options));
}

/** @throws CliError, exit code 3: there is no such destination */
async function resume(context: Context, name: string, options: ResumeOptions): Promise<void> {
  const config = await readConfig(context);
  await using archive = await context.openArchive(config, 'write');
  const { wasBroken, held } = await archive.resume(name);
  const resumed = wasBroken || held !== null;
  if (!resumed) mustBeDestination(name, config);
  const was = [...(held === null ? [] : [`paused by ${held.by}`]), ...(wasBroken ? ['broken'] : [])].join(' and ');
  if (resumed) await audit(context, archive, { what: 'resume', about: name, outcome: `it was ${was}` });
  if (options.json) {
    const by = held && { by: held.by, since: isoOrNull(held.at), until: isoOrNull(held.until) };
    await context.printJson({ destination: name, resumed, was_broken: wasBroken, held: by });
  }
  context.say(words(name, { wasBroken, isHeld: held !== null, was }));
}

function words(name: string, { wasBroken, isHeld, was }: { wasBroken: boolean; isHeld: boolean; was: string }): string {
  const soon = `A worker that runs sends to ${name} again within 3 s; one that starts, at once.`;
  if (wasBroken) {
    return `${isHeld ? `It was ${was}. ` : ''}${soon} If nothing can arrive there still, the first message says so, and all wait again.`;
  }
  if (isHeld) return `It was ${was}. ${soon}`;
  return `${name} holds nothing back: nobody paused it, and nothing says that it is broken. Where it waits after a failure, it goes on by itself.`;
}
