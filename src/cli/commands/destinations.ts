import type { Command } from 'commander';
import type { Config } from '../../config/config.ts';
import type { LaneDepth } from '../../model/inbox/archive.ts';
import { hasDatabase } from '../../run/database.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, readConfig, untilStopped } from '../context.ts';
import { examples, json } from '../options.ts';
import { type DestinationState, destinationJson, destinationLines } from './destinations/told.ts';

interface DestinationsOptions {
  readonly json?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('list the destinations: where, what waits, last sent, whether it pauses or is broken, and what to do')
    .addHelpText(
      'before',
      examples(context, [
        ['destinations', ''],
        ['destinations --json', 'one JSON object a destination'],
      ]),
    )
    .addOption(json())
    .action((options: DestinationsOptions) => untilStopped(context, destinations(context, options)));
}

/** By configuration and database, beside a running worker or without one. @throws CliError, exit code 1: no database to read */
async function destinations(context: Context, options: DestinationsOptions): Promise<void> {
  const config = await readConfig(context);
  const { lanes, problem } = await lanesOf(context, config);
  const states = statesOf(config, lanes);
  const now = context.clock.now();
  for (const state of states) {
    if (options.json) await context.printJson(destinationJson(state, { now, invocation: context.invocation }));
    else await context.print(...destinationLines(state, context, now));
  }
  if (problem !== null) throw new CliError(EXIT.failed, `What waits for them is not known. ${problem}`);
  if (options.json) return;
  const broken = states.filter(({ lane }) => lane?.broken).map(({ name }) => name);
  if (broken.length > 0)
    context.say(`Nothing can arrive at ${broken.length} of ${states.length}: ${broken.join(', ')}.`);
  if (!hasDatabase(config)) context.say('No database is here yet: the first start makes it.');
}

async function lanesOf(
  context: Context,
  config: Config,
): Promise<{ readonly lanes: readonly LaneDepth[]; readonly problem: string | null }> {
  if (!hasDatabase(config)) return { lanes: [], problem: null };
  try {
    await using archive = await context.openArchive(config, 'read');
    return { lanes: await archive.depths(), problem: null };
  } catch (error) {
    return { lanes: [], problem: error instanceof Error ? error.message : String(error) };
  }
}

function statesOf({ destinations }: Config, lanes: readonly LaneDepth[]): readonly DestinationState[] {
  return destinations.map(({ name, type, words }) => {
    return { name, type, words, lane: lanes.find(({ lane }) => lane === name) ?? null };
  });
}
