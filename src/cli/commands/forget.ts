import type { Command } from 'commander';
import type { AuditEntry, Forgotten } from '../../model/inbox/forgetting.ts';
import type { ForgetCounts } from '../../run/transfer/forget.ts';
import { iso, plural } from '../../shared/time-words.ts';
import { CliError, EXIT } from '../cli-error.ts';
import { type Context, readConfig } from '../context.ts';
import { collect, examples, json } from '../options.ts';
import { progress } from '../progress.ts';
import { oneLine } from '../table.ts';

interface ForgetOptions {
  readonly repo?: readonly string[];
  readonly login?: readonly string[];
  readonly dryRun?: true;
  readonly yes?: true;
  readonly list?: true;
  readonly json?: true;
}

export function define(command: Command, context: Context): void {
  command
    .description('take away what stored events say about a repository or a person, for good')
    .addHelpText(
      'before',
      examples(context, [
        ['forget --repo acme/secret --dry-run', 'how much is it?'],
        ['forget --repo acme/secret --repo acme/old-name', ''],
        ['forget --login mona --yes', 'every event whose body has this login'],
        ['forget --list', 'what was forgotten, and when'],
      ]),
    )
    .option('--repo <owner/name>', 'of this repository, or whose body has it; may be repeated', collect)
    .option('--login <login>', 'whose body has this person in it; may be repeated', collect)
    .option('--dry-run', 'only count')
    .option('--yes', 'ask nothing')
    .option('--list', 'what was forgotten before')
    .addOption(json())
    .action((options: ForgetOptions) => forget(context, options));
}

/** Their ids, times and states stay: what was received and told is still counted, and known when it comes again. */
async function forget(context: Context, options: ForgetOptions): Promise<void> {
  if (options.list) {
    await list(context, options.json === true);
    return;
  }
  const what = wanted(options);
  const names = [...what.repos, ...what.logins].join(', ');
  if (!options.dryRun && !options.yes) {
    const message = `All that is stored about ${names} is taken away for good. Go on?`;
    if (!(await context.ask.confirm({ message, initial: false, instead: 'add --yes' }))) {
      throw new CliError(EXIT.failed, 'Nothing was changed.');
    }
  }
  const counts = await run(context, what, options.dryRun === true);
  if (options.json) await context.printJson({ ...what, dry_run: options.dryRun === true, ...counts });
  context.say(summary(names, counts, options.dryRun === true));
  if (context.io.stop.aborted) {
    throw new CliError(EXIT.interrupted, 'Interrupted: the same command goes on with what is left.');
  }
  if (!options.dryRun) context.say('Archives, exports, backups and copies of the database are as they were.');
}

async function run(context: Context, what: Forgotten, dryRun: boolean): Promise<ForgetCounts> {
  const [{ openToForget }, { countAbout, forgetAll }] = await Promise.all([
    import('../../run/transfer/open.ts'),
    import('../../run/transfer/forget.ts'),
  ]);
  await using inbox = await openToForget(await readConfig(context), dryRun ? 'read' : 'write');
  const [newest] = await inbox.list({ limit: 1 });
  const bar = progress(context, 'looked at', newest?.id ?? 0);
  const listener = { onLookedAt: (id: number) => bar.step(id), isOver: () => context.io.stop.aborted };
  try {
    return await (dryRun ? countAbout : forgetAll)(inbox, what, listener);
  } finally {
    bar.end();
  }
}

function wanted({ repo: repos = [], login: logins = [] }: ForgetOptions): Forgotten {
  if (repos.length + logins.length === 0) {
    throw new CliError(EXIT.usage, 'What shall be forgotten? --repo acme/secret, or --login mona.');
  }
  for (const repo of repos) {
    if (!/^[\w.-]+\/[\w.-]+$/.test(repo))
      throw new CliError(EXIT.usage, `--repo "${repo}" is no repository: write owner/name, as in acme/secret.`);
  }
  for (const login of logins) {
    if (!/^\w[\w-]*(?:\[bot\])?$/.test(login))
      throw new CliError(EXIT.usage, `--login "${login}" is no login: write the name alone, as in mona.`);
  }
  return { repos, logins };
}

function summary(names: string, { events, bodies, undecided, untold }: ForgetCounts, dryRun: boolean): string {
  if (events === 0) return `Nothing is stored about ${names}.`;
  const waiting = [
    undecided > 0 ? `${plural(undecided, 'event')} not decided yet` : null,
    untold > 0 ? `${plural(untold, 'message')} not told yet` : null,
  ].filter((part) => part !== null);
  const dropped = waiting.length === 0 ? '' : `; ${waiting.join(' and ')} ${dryRun ? 'would be' : 'were'} dropped`;
  const what = `${plural(events, 'event')} about ${names} (${plural(bodies, 'body').replace('bodys', 'bodies')})`;
  return dryRun ? `Would forget ${what}${dropped}. Nothing was changed.` : `Forgot ${what}${dropped}.`;
}

const LISTED = 1_000;

async function list(context: Context, isJson: boolean): Promise<void> {
  const { openToForget } = await import('../../run/transfer/open.ts');
  await using inbox = await openToForget(await readConfig(context), 'read');
  const entries = await inbox.audit(LISTED);
  for (const { at, what, detail } of entries) {
    if (isJson) await context.printJson({ at: iso(at), what, ...(detail as object) });
    else await context.print(`${iso(at)}\t${what}\t${oneLine(detailText(detail))}`);
  }
  if (entries.length === 0 && !isJson) context.say('Nothing was forgotten here.');
}

function detailText(detail: AuditEntry['detail']): string {
  const {
    repos = [],
    logins = [],
    events = 0,
    finished = false,
  } = detail as Partial<Forgotten> & {
    readonly events?: number;
    readonly finished?: boolean;
  };
  return `${[...repos, ...logins].join(', ')}: ${plural(events, 'event')}${finished ? '' : ', not to the end'}`;
}
