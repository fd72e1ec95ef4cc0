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
import { type Context, readApp } from '../context.ts';

export interface RecoverOptions {
  readonly org?: string;
  readonly app?: true;
  readonly hook?: number;
  readonly fetch?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const EXITS = { not_allowed: EXIT.failed, no_hook: EXIT.notFound, unreachable: EXIT.unreachable } as const;

/** Gets what GitHub delivered in vain. What can be got is got; exit code 1 when some cannot. */
export async function recover(context: Context, repo: string | undefined, options: RecoverOptions): Promise<void> {
  const owner = ownerOf(repo, options);
  const dryRun = options.dryRun === true;
  const app = await readApp(context);
  const fetch = options.fetch === true;
  const how = fetch ? 'reading their payloads' : 'asking GitHub to redeliver, at github.com one a second';
  const onMissed = (count: number) => {
    if (count > 0 && !dryRun) context.say(`${plural(count, 'event')} missed: ${how}.`);
  };
  const request = { owner, hookId: options.hook ?? null, fetch, dryRun, sparesAnswered: false, onMissed };
  const recovery = await app.recover(request, context.io.stop).catch((error: unknown) => {
    throw error instanceof RecoverError ? new CliError(EXITS[error.reason], error.message, { cause: error }) : error;
  });
  const rows = dryRun ? recovery.missed : recovery.missed.filter(({ outcome }) => outcome === 'left');
  if (options.json) for (const each of recovery.missed) await context.printJson(jsonOf(each, dryRun));
  else await context.print(summary(recovery, dryRun));
  if (!options.json) for (const each of rows) await context.print(rowOf(each, dryRun));
  warn(context, recovery.missed);
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

/** GitHub keeps a delivery for three days. */
function warn(context: Context, missed: readonly Recovered[]): void {
  const soon = missed.filter(({ outcome, goneAt }) => outcome === 'left' && goneAt - context.app.clock.now() < DAY_MS);
  if (soon.length === 0) return;
  const first = iso(Math.min(...soon.map(({ goneAt }) => goneAt)));
  context.say(
    `${context.err.yellow('Warning')}: GitHub drops ${soon.length} of them within a day, the first at ${first}.`,
  );
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
