import type { Command } from 'commander';
import {
  type HookOwner,
  ownerText,
  parseOwner,
  RecoverError,
  type Recovered,
  type Recovery,
} from '../../model/recovery.ts';
import { plural } from '../../shared/time-words.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, readConfig, untilStopped } from '../context.ts';
import { examples, json, whole } from '../options.ts';
import { providersThat, titles, tokenOf } from '../plugins.ts';

interface RecoverOptions {
  readonly org?: string;
  readonly app?: true;
  readonly hook?: number;
  readonly fetch?: true;
  readonly source?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const EXITS = { not_allowed: EXIT.failed, no_hook: EXIT.notFound, unreachable: EXIT.unreachable } as const;

export async function define(command: Command, context: Context): Promise<void> {
  const providers = await providersThat('recover');
  const [who, token] = [titles(providers, 'or'), tokenOf(providers)];
  command
    .description(`get what ${who} could not deliver here in the last three days`)
    .argument('[owner/repo]', 'whose webhook; or --org, or --app')
    .addHelpText(
      'before',
      examples(context, [
        ['recover acme/api', `needs ${token}`],
        ['recover --org acme --dry-run', 'what is missing?'],
        ['recover acme/api --fetch', `where ${who} cannot reach this server`],
      ]),
    )
    .option('--org <name>', "an organisation's webhook")
    .option('--app', `a ${who} App's webhook; ${token} is its JSON web token`)
    .option('--hook <id>', 'this webhook, where several call here', whole('a number', 1, Number.MAX_SAFE_INTEGER))
    .option('--fetch', `read the payloads instead of asking ${who} to redeliver`)
    .option('--dry-run', 'only list what was missed')
    .addOption(json())
    .option('--source <name>', 'which source it is, where there are several')
    .action((repo: string | undefined, options: RecoverOptions) =>
      untilStopped(context, recover(context, repo, options)),
    );
}

/** Gets what was delivered in vain. What can be got is got; exit code 1 when some cannot. */
async function recover(context: Context, repo: string | undefined, options: RecoverOptions): Promise<void> {
  const owner = ownerOf(repo, options);
  const dryRun = options.dryRun === true;
  const config = await readConfig(context);
  const fetch = options.fetch === true;
  const onMissed = (count: number, how: string) => {
    if (count > 0 && !dryRun) context.say(`${plural(count, 'event')} missed: ${how}.`);
  };
  const request = { owner, hookId: options.hook ?? null, fetch, dryRun, sparesAnswered: false, onMissed };
  const { recover: runRecovery } = await import('../../run/recover.ts');
  const call = { request, source: options.source, signal: context.io.stop };
  const recovery = await runRecovery(call, config, context.surroundings).catch((error: unknown) => {
    throw error instanceof RecoverError ? new CliError(EXITS[error.reason], error.message, { cause: error }) : error;
  });
  const who = titles(await providersThat('recover'), 'or');
  await report(context, recovery, { owner, who, dryRun, isJson: options.json === true });
}

interface Reported {
  readonly owner: HookOwner;
  /** Who keeps them for a while. */
  readonly who: string;
  readonly dryRun: boolean;
  readonly isJson: boolean;
}

/** @throws CliError, exit code 1, when some could not be recovered */
export async function report(
  context: Context,
  recovery: Recovery,
  { owner, who, dryRun, isJson }: Reported,
): Promise<void> {
  const rows = dryRun ? recovery.missed : recovery.missed.filter(({ outcome }) => outcome === 'left');
  if (isJson) for (const each of recovery.missed) await context.printJson(jsonOf(each, dryRun));
  else await context.print(summary(recovery, dryRun));
  if (!isJson) for (const each of rows) await context.print(rowOf(each, dryRun));
  warn(context, who, recovery.missed);
  if (!dryRun && rows.length > 0) {
    throw new CliError(EXIT.failed, `${plural(rows.length, 'event')} of ${ownerText(owner)} could not be recovered.`);
  }
}

function ownerOf(repo: string | undefined, { org, app }: RecoverOptions): HookOwner {
  const ways = [repo, org, app].filter((way) => way !== undefined);
  if (ways.length !== 1) {
    throw new CliError(EXIT.usage, 'Whose webhook? Name one: owner/repo, --org name, or --app.');
  }
  if (app) return { kind: 'app' };
  const owner = parseOwner(repo ?? org ?? '');
  const wanted = repo === undefined ? 'organisation' : 'repository';
  if (owner?.kind === wanted) return owner;
  const shape = repo === undefined ? 'an organisation, such as acme' : 'a repository, such as acme/api';
  throw new CliError(EXIT.usage, `"${repo ?? org}" is not ${shape}.`);
}

function summary({ missed }: Recovery, dryRun: boolean): string {
  if (dryRun) return `${missed.length} missed. Nothing was asked for, nothing stored.`;
  const count = (wanted: Recovered['outcome']) => missed.filter(({ outcome }) => outcome === wanted).length;
  const [redelivered, fetched] = [count('redelivered'), count('fetched')];
  const how = redelivered + fetched === 0 ? '' : ` (${redelivered} redelivered, ${fetched} fetched)`;
  return `${missed.length} missed, ${redelivered + fetched} recovered${how}`;
}

function rowOf(each: Recovered, dryRun: boolean): string {
  const kind = each.action === null ? each.type : `${each.type}.${each.action}`;
  const words = [iso(each.deliveredAt), kind, each.guid, each.answer, ...(dryRun ? [] : [each.why ?? ''])];
  return words.join('\t');
}

function jsonOf(each: Recovered, dryRun: boolean): object {
  return {
    guid: each.guid,
    type: each.type,
    action: each.action,
    delivered_at: iso(each.deliveredAt),
    answer: each.answer,
    gone_at: iso(each.goneAt),
    outcome: dryRun ? 'missed' : each.outcome,
    why: dryRun ? null : each.why,
  };
}

/** A delivery is kept for some days there. */
function warn(context: Context, who: string, missed: readonly Recovered[]): void {
  const soon = missed.filter(({ outcome, goneAt }) => outcome === 'left' && goneAt - context.clock.now() < DAY_MS);
  if (soon.length === 0) return;
  const first = iso(Math.min(...soon.map(({ goneAt }) => goneAt)));
  context.say(
    `${context.err.yellow('Warning')}: ${who} drops ${soon.length} of them within a day, the first at ${first}.`,
  );
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
