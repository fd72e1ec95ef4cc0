import type { Command } from 'commander';
import type { Config } from '../../config/config.ts';
import { isCalled } from '../../config/describe/place-words.ts';
import { addressOf } from '../../config/describe/source-address.ts';
import { GREETING, parseTally, TALLY, type TurnedAway, turnedAway } from '../../model/turned-away.ts';
import { hasDatabase, type OpenedArchive } from '../../run/database.ts';
import { providerOf } from '../../run/sources.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, readConfig, untilStopped } from '../context.ts';
import { examples, json } from '../options.ts';
import { otherJson, otherLines, type SourceState, sourceJson, sourceLines } from './sources/told.ts';

interface SourcesOptions {
  readonly json?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('list the sources: address, provider, what proves them, last event, what was refused in 24 hours')
    .addHelpText(
      'before',
      examples(context, [
        ['sources', ''],
        ['sources --json', 'one JSON object a source'],
      ]),
    )
    .addOption(json())
    .action((options: SourcesOptions) => untilStopped(context, sources(context, options)));
}

/** By configuration and database, beside a running server or without one. @throws CliError, exit code 1: no database to read */
async function sources(context: Context, options: SourcesOptions): Promise<void> {
  const config = await readConfig(context);
  const { states, others, problem } = await statesOf(context, config);
  const now = context.clock.now();
  for (const state of states) {
    if (options.json) await context.printJson(sourceJson(state));
    else await context.print(...sourceLines(state, context.out, now));
  }
  if (others.length > 0) {
    if (options.json) await context.printJson(otherJson(others));
    else await context.print(...otherLines(others, context.out, now));
  }
  if (problem !== null) throw new CliError(EXIT.failed, `What came to them is not known. ${problem}`);
  if (options.json) return;
  if (states.some(({ address, source }) => address.from === 'here' && isCalled(source))) {
    context.say(`To be reached from outside: set PUBLIC_URL, or ${context.invocation} start --tunnel cloudflared`);
  }
  if (!hasDatabase(config)) context.say('No database is here yet: the first start makes it.');
}

interface Found {
  readonly states: readonly SourceState[];
  /** To no source of this configuration. */
  readonly others: readonly TurnedAway[];
  readonly problem: string | null;
}

async function statesOf(context: Context, config: Config): Promise<Found> {
  if (!hasDatabase(config)) return { ...(await described(config, null, [])), problem: null };
  try {
    await using archive = await context.openArchive(config, 'read');
    const all = turnedAway(parseTally(await archive.recall(TALLY)), context.clock.now());
    return { ...(await described(config, archive, all)), problem: null };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { ...(await described(config, null, [])), problem };
  }
}

async function described(
  config: Config,
  archive: Pick<OpenedArchive, 'list'> | null,
  all: readonly TurnedAway[],
): Promise<Omit<Found, 'problem'>> {
  const names = new Set(config.sources.map(({ name }) => name));
  const states = await Promise.all(
    config.sources.map(async (source): Promise<SourceState> => {
      const provider = await providerOf(source);
      const own = all.filter((each) => each.source === source.name);
      const [last = null] = (await archive?.list({ source: source.name, limit: 1 })) ?? [];
      return {
        source,
        title: provider.title,
        address: addressOf(config, source, provider),
        proof: provider.proof(source.settings),
        last,
        refused: own.filter(({ cause }) => cause !== GREETING),
        greetedAt: own.find(({ cause }) => cause === GREETING)?.at ?? null,
      };
    }),
  );
  return { states, others: all.filter((each) => !names.has(each.source)) };
}
