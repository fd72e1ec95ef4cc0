import { type Command, Option } from 'commander';
import type { UntoldFate } from '../../../model/fate.ts';
import { plural } from '../../../shared/time-words.ts';
import { CliError, EXIT } from '../../cli-error.ts';
import { type Context, readConfig } from '../../context.ts';
import { examples, json } from '../../options.ts';
import { audit } from './shared.ts';

interface DismissOptions {
  readonly state?: UntoldFate;
  readonly to?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

const STATES: readonly UntoldFate[] = ['dead', 'unknown'];

export function define(command: Command, context: Context): void {
  command
    .description('say of messages that nobody got that they shall not be sent: they count as no trouble any more')
    .addHelpText(
      'before',
      examples(context, [
        ['dismiss --state dead --dry-run', 'how many would it be?'],
        ['dismiss --state dead --to team', 'only those to team'],
      ]),
    )
    .addOption(new Option('--state <state>', 'dead: given up; unknown: they may have arrived').choices(STATES))
    .option('--to <name>', 'only those to this destination')
    .option('--dry-run', 'only count what would be dismissed')
    .addOption(json())
    .action((options: DismissOptions) => dismiss(context, options));
}

/** @throws CliError, exit code 2: nothing is selected */
async function dismiss(context: Context, options: DismissOptions): Promise<void> {
  const { state, to, json: asJson } = options;
  const dryRun = options.dryRun === true;
  if (state === undefined) {
    throw new CliError(EXIT.usage, `What shall be dismissed? Say --state with one of: ${STATES.join(', ')}.`);
  }
  const config = await readConfig(context);
  await using archive = await context.openArchive(config, dryRun ? 'read' : 'write');
  const { count, ids } = await archive.dismiss({ state, destination: to }, { dryRun });
  const what = `${plural(count, 'message')} of ${plural(ids.length, 'event')}`;
  const about = `${state}${to === undefined ? '' : ` to ${to}`}`;
  if (!dryRun) await audit(context, archive, { what: 'dismiss', about, outcome: `${what} dismissed` });
  if (asJson) await context.printJson({ state, to: to ?? null, count, events: ids.length, dry_run: dryRun });
  if (count === 0) context.say('Nothing to dismiss.');
  else if (dryRun) context.say(`Would dismiss ${what}. Nothing was changed.`);
  else
    context.say(
      `Dismissed ${what}: they stay ${state}, and nothing asks for them any more. \`replay ID\` sends one all the same.`,
    );
}
